import { print } from 'graphql'
import { graphql } from '../generated/codegen'

declare const process: { argv: string[] }

const question = graphql(`
  query AttackedBy($name: String!) {
    actor(name: $name) {
      name
      attacked(first: 1) { totalCount nodes { target { name } count first } }
    }
  }
`)

async function main() {
  const response = await fetch(process.argv[2], {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(question), variables: { name: 'Tehran' } }),
  })
  const { data }: { data: import('../generated/codegen/graphql').AttackedByQuery } = await response.json()
  const count: number | undefined = data.actor?.attacked.totalCount
  console.log(data.actor?.name, 'attacked', count)
}

main()
