import { createClient } from '../generated/genql'

declare const process: { argv: string[] }

async function main() {
  const client = createClient({ url: process.argv[2] })
  const { actor } = await client.query({
    actor: { __args: { name: 'Tehran' }, name: true, attacked: { __args: { first: 1 }, totalCount: true, nodes: { target: { name: true }, count: true } } },
  })
  const count: number | undefined = actor?.attacked.totalCount
  console.log(actor?.name, 'attacked', count)
}

main()
