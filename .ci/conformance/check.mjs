// Usage: node check.mjs ADDRESS LOADER DATA. Runs each suite against the endpoint at the address, prints a line of
// figures for each, and exits with 1 when one fails. LOADER and DATA load an article for those that subscribe.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import assert from 'node:assert/strict'
import { auditServer } from 'graphql-http'
import { buildClientSchema, buildSchema, getIntrospectionQuery, printSchema, lexicographicSortSchema } from 'graphql'
import { createClient as createSocket } from 'graphql-ws'
import { createClient as createEvents } from 'graphql-sse'
import WebSocket from 'ws'
import { MultiGraph } from 'graphology'
import gexf from 'graphology-gexf'
import graphml from 'graphology-graphml'
import { Parser } from 'n3'
import { parse as parseCSV } from 'csv-parse/sync'
import { check as checkGeoJSON } from '@placemarkio/check-geojson'

const [address, loader, data] = process.argv.slice(2)
const run = promisify(execFile)

async function post(body, type = 'application/json') {
	const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', accept: type }, body: JSON.stringify(body) })
	return response.json()
}

async function exported(name) {
	const response = await fetch(address.replace('/graphql', `/export/${name}`))
	assert.equal(response.status, 200)
	return response.text()
}

// How long after an article is loaded a subscriber must have heard of it.
const patience = 2000

// Loads an article of its own for each call, and gives the time at which the loader had done so.
let loaded = 0
async function load(name) {
	const text = `Chad condemned Norway on Tuesday. Chad said that Norway attacked Oslo number ${++loaded}.`
	await writeFile(name, text)
	await run(loader, ['--data', data, '--publisher', `Desk ${loaded}`, '--published', `2024-0${loaded}-07`, name])
	return Date.now()
}

// Subscribes by a client's subscribe(request, sink), loads, and gives the milliseconds from the load to the event.
async function hears(subscribe, name) {
	const query = 'subscription { incidents(filter: {initiator: {code: "TCD"}}) { change incident { title initiators { name } } } }'
	let stop
	const heard = new Promise((resolve, reject) => {
		stop = subscribe({ query }, {
			next: (r) => (r.errors ? reject(new Error(JSON.stringify(r.errors))) : resolve({ at: Date.now(), ...r.data.incidents })),
			error: (e) => reject(e instanceof Error ? e : new Error(JSON.stringify(e))),
			complete: () => reject(new Error('the subscription ended')),
		})
	})
	heard.catch(() => {})
	await new Promise((resolve) => setTimeout(resolve, 500)) // nobody tells when a subscription stands
	const done = await load(name)
	const late = new Promise((_, reject) => setTimeout(() => reject(new Error(`nothing came within ${patience} ms`)), patience))
	const event = await Promise.race([heard, late])
	stop()
	assert.equal(event.incident.initiators[0].name, 'Chad')
	return Math.max(event.at - done, 0)
}

const suites = {
	async 'graphql-http audits'() {
		const results = await auditServer({ url: address })
		const failed = results.filter((r) => r.status !== 'ok')
		assert.deepEqual(failed.map((r) => `${r.id} ${r.name}: ${r.reason}`), [])
		assert.equal(results.length, 61)
		return `${results.length - failed.length} of ${results.length}`
	},

	async 'graphql-schema-linter, all rules, those of Relay among them'() {
		const { stdout } = await run('graphql-schema-linter', ['--format', 'json', 'schema.graphql']).catch((e) => e)
		assert.deepEqual(JSON.parse(stdout).errors.map((e) => `${e.location.line}: ${e.message}`), [])
		return 'clean'
	},

	// The endpoint tells the schema that is printed in the project.
	async 'introspection by graphql-js'() {
		const told = buildClientSchema((await post({ query: getIntrospectionQuery({ descriptions: true }) })).data)
		const printed = buildSchema(await readFile('schema.graphql', 'utf8'))
		const plain = (s) => printSchema(lexicographicSortSchema(s))
		assert.equal(plain(told), plain(printed))
		return `${Object.keys(told.getTypeMap()).length} types as in schema.graphql`
	},

	async 'graphql-codegen'() {
		await writeFile('codegen.json', JSON.stringify({ schema: address, documents: 'client/codegen.ts', ignoreNoDocuments: false,
			generates: { 'generated/codegen/': { preset: 'client', config: { useTypeImports: true } } } }))
		await run('graphql-codegen', ['--config', 'codegen.json'])
		return runClient('codegen')
	},

	async genql() {
		await run('genql', ['--endpoint', address, '--output', 'generated/genql'])
		return runClient('genql')
	},

	async 'gql.tada'() {
		await run('gql.tada', ['generate-schema', address, '--output', 'generated/tada.graphql'])
		await run('gql.tada', ['generate-output', '--tsconfig', 'tsconfig.json'])
		return runClient('tada')
	},

	// Each export is opened by a reader of others, and has what GraphQL counts.
	async 'readers of exports'() {
		const { data } = await post({ query: '{ incidents { totalCount } }' })
		const incidents = data.incidents.totalCount
		const table = parseCSV(await exported('incidents.csv'), { columns: true })
		assert.equal(table.length, incidents)
		const lines = (await exported('incidents.jsonl')).trim().split('\n').map(JSON.parse)
		assert.deepEqual(lines.map((i) => i.id).sort(), table.map((i) => i.id).sort())
		const features = checkGeoJSON(await exported('incidents.geojson')).features
		assert.equal(features.length, table.filter((i) => i.latitude).length)
		const relations = parseCSV(await exported('relationships.csv'), { columns: true })
		const networks = { GraphML: graphml.parse(MultiGraph, await exported('network.graphml')), GEXF: gexf.parse(MultiGraph, await exported('network.gexf')) }
		for (const [name, g] of Object.entries(networks)) {
			assert.equal(g.size, relations.length, name)
			assert.ok(g.hasNode('IRN') && g.hasNode('PAK'), name)
			assert.ok(g.edges('IRN', 'PAK').some((e) => g.getEdgeAttribute(e, 'type') === 'ASSAULT'), name)
		}
		const quads = new Parser({ format: 'N-Quads' }).parse(await exported('graph.nq'))
		assert.equal(quads.filter((q) => q.predicate.value.endsWith(':event_type')).length, incidents)
		const bundle = JSON.parse(await exported('stix.json'))
		assert.equal(bundle.objects.filter((o) => o.type === 'incident').length, incidents)
		return `${table.length} incidents, ${features.length} of them on a map, a network of ${networks.GraphML.order} actors and ${relations.length} edges, ${quads.length} quads`
	},

	async 'graphql-ws client'() {
		const client = createSocket({ url: address.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 })
		const took = await hears((request, sink) => client.subscribe(request, sink), 'ws.txt')
		const answers = []
		for await (const r of client.iterate({ query: '{ states(first: 1) { nodes { name } } }' })) answers.push(r)
		assert.equal(answers.length, 1)
		assert.equal(answers[0].data.states.nodes.length, 1)
		await client.dispose()
		return `a query answered, an incident heard ${took} ms after the loader had ended`
	},

	async 'graphql-sse client'() {
		const client = createEvents({ url: address, retryAttempts: 0 })
		const took = await hears((request, sink) => client.subscribe(request, sink), 'sse.txt')
		client.dispose()
		return `an incident heard ${took} ms after the loader had ended`
	},
}

// Type-checks a client against what was generated for it, and runs it.
async function runClient(name) {
	await writeFile(`tsconfig.${name}.json`, JSON.stringify({ extends: './tsconfig.json', include: [`client/${name}.ts`, 'generated/**/*.d.ts'] }))
	await run('tsc', ['--project', `tsconfig.${name}.json`, '--outDir', 'built'])
	await writeFile('built/package.json', '{"type": "commonjs"}')
	const { stdout } = await run('node', [`built/client/${name}.js`, address])
	assert.match(stdout, /^Iran attacked [1-9]/)
	return `generated, type-checked, ${JSON.stringify(stdout.trim())}`
}

let failed = false
for (const [name, suite] of Object.entries(suites)) {
	const begun = Date.now()
	try {
		console.log(`${name}: ${await suite()} (${((Date.now() - begun) / 1000).toFixed(1)} s)`)
	} catch (e) {
		failed = true
		console.log(`${name}: FAILED: ${e.message}\n${e.stdout ?? ''}${e.stderr ?? ''}`)
	}
}
process.exit(failed ? 1 : 0)
