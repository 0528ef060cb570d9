import type { Words } from '../words.ts'

export const pair = {
  documentTitle: 'Ownkey: diesen Browser koppeln',
  whose:
    'Ihre Entwürfe gehen durch den Vault unter dieser Adresse. Koppeln Sie nur, wenn Sie wissen, wem er gehört:',
  earlier: 'Dieser Browser ist mit {{workspace}} unter {{address}} gekoppelt.',
  earlierHint:
    'Wenn Sie ihn neu koppeln, ist das vergessen: Der Schlüssel dieses Browsers und alles, was Ownkey hier aufbewahrt hat, werden entfernt, und für die Rückkehr brauchen Sie einen neuen Code.',
  leave: '{{workspace}} in diesem Browser verlassen',
  done: 'Dieser Browser ist gekoppelt',
  doneWith: 'Er gehört jetzt zu {{workspace}} unter {{address}}.',
  role: 'Ihre Rolle: {{role}}.',
  next: 'Öffnen Sie ein Ticket, klicken Sie in die Antwort und dann in der Symbolleiste auf Ownkey, oder drücken Sie Alt+Shift+D.',
  nextLight: 'Klicken Sie in der Symbolleiste auf Ownkey, um zu sehen, ob die KI an ist.',
} as const satisfies Words['pair']
