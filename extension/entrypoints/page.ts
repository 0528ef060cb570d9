import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { hangDoor } from '../page/door.ts'

export default defineUnlistedScript(hangDoor)
