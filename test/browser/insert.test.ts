import { openBench } from './bench.ts'
import { insertingIsSeen } from './inserting.ts'

insertingIsSeen(openBench)
