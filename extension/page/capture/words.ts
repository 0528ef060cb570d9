/** Words by which pages tell who speaks, in the languages that help desks are most often used in. All lower case, compared whole. */
export const roleWords = {
  note: [
    'internal note',
    'internal comment',
    'internal',
    'private note',
    'private comment',
    'private',
    'note',
    'staff note',
    'agents only',
    'not visible to customer',
    'interne notiz',
    'interner kommentar',
    'intern',
    'note interne',
    'commentaire interne',
    'interne',
    'nota interna',
    'comentario interno',
    'comentário interno',
    'interno',
    'nota privada',
    'commento interno',
    'interne notitie',
    'internt notat',
    'intern anteckning',
    'notatka wewnętrzna',
    'внутренняя заметка',
    '社内メモ',
    '内部メモ',
    '内部备注',
  ],
  us: [
    'agent',
    'staff',
    'support',
    'support agent',
    'team',
    'teammate',
    'admin',
    'operator',
    'representative',
    'outgoing',
    'sent',
    'you',
    'me',
    'ich',
    'du',
    'sie',
    'mitarbeiter',
    'gesendet',
    'moi',
    'vous',
    'conseiller',
    'envoyé',
    'agente',
    'yo',
    'tú',
    'enviado',
    'você',
    'eu',
    'atendente',
    'tu',
    'io',
    'operatore',
    'jij',
    'medewerker',
    'konsultant',
    'агент',
    '担当者',
    '客服',
  ],
  customer: [
    'customer',
    'client',
    'requester',
    'end user',
    'end-user',
    'visitor',
    'contact',
    'incoming',
    'received',
    'guest',
    'kunde',
    'kundin',
    'anfragender',
    'besucher',
    'cliente',
    'solicitante',
    'visitante',
    'demandeur',
    'visiteur',
    'richiedente',
    'visitatore',
    'klant',
    'aanvrager',
    'kund',
    'klient',
    'клиент',
    'お客様',
    '顧客',
    '客户',
  ],
} as const

/** Tokens of class names and values of data attributes, as sites write them in English whatever they show. */
export const codeWords = {
  note: ['internal', 'private', 'note', 'internalnote', 'privatenote'],
  us: [
    'agent',
    'staff',
    'operator',
    'outgoing',
    'outbound',
    'sent',
    'me',
    'self',
    'mine',
    'own',
    'admin',
    'assistant',
    'teammate',
    'support',
    'out',
  ],
  customer: [
    'customer',
    'client',
    'visitor',
    'enduser',
    'requester',
    'incoming',
    'inbound',
    'received',
    'contact',
    'guest',
    'in',
  ],
} as const

const verb =
  '(?:wrote|says|said|commented|replied|posted|answered|asked|opened|schrieb|antwortete|hat geschrieben|a écrit|a répondu|escribió|respondió|escreveu|respondeu|ha scritto|schreef|skrev|napisał|написал)'
const wroteAlone = new RegExp(`^${verb}(?: (?:this|on|at))?[:\\s]*$`, 'iu')
const wroteAtEnd = new RegExp(`\\s+${verb}[:\\s]*$`, 'iu')

/** Such as "wrote:" alone, between a name and what was said. */
export const isVerb = (text: string): boolean => wroteAlone.test(text)

/** A name without such a verb behind it. */
export const withoutVerb = (text: string): string => text.replace(wroteAtEnd, '')

const mailField =
  /^(from|to|cc|bcc|date|sent|subject|reply-to|von|an|betreff|gesendet|de|para|à|objet|asunto|assunto|da|a|oggetto|aan|van|onderwerp|via|via e-?mail|via chat|via web|·|•|\||-|–|—|›|>|,)\s*:?$/iu

/** A word of a mail's head, or a mark between the parts of a head. */
export const isHeadMark = (text: string): boolean => mailField.test(text)

const states =
  /^(delivered|seen|read|sent|sending|edited|\(edited\)|new|new messages?|unread|zugestellt|gelesen|bearbeitet|neu|lu|vu|distribué|leído|entregado|lido|entregue|letto|✓+)$/iu

/** What a messenger writes below a message: delivered, seen, edited. */
export const isDeliveryState = (text: string): boolean => states.test(text)
