import { openFirefoxBench } from '../bench.ts'
import { insertingIsSeen } from '../inserting.ts'

insertingIsSeen(openFirefoxBench)
