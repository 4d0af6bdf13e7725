import { print } from 'graphql'
import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada'
import type { introspection } from '../generated/tada-env'

declare const process: { argv: string[] }

const graphql = initGraphQLTada<{ introspection: introspection; scalars: { Date: string; DateTime: string } }>()

const question = graphql(`
  query AttackedBy($name: String!) {
    actor(name: $name) {
      name
      attacked(first: 1) { totalCount nodes { target { name } count first } }
    }
  }
`)

async function main() {
  const variables: VariablesOf<typeof question> = { name: 'Tehran' }
  const response = await fetch(process.argv[2], {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(question), variables }),
  })
  const { data }: { data: ResultOf<typeof question> } = await response.json()
  const count: number | undefined = data.actor?.attacked.totalCount
  console.log(data.actor?.name, 'attacked', count)
}

main()
