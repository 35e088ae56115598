import { tell } from './tell.mjs'

await tell()
