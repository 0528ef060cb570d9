export type Language = 'en' | 'es' | 'de' | 'fr'
export type Topic = 'refund' | 'damaged' | 'delivery' | 'access' | 'billing' | 'other'

type Phrases = {
  readonly greeting: (name: string | undefined) => string
  readonly thanks: string
  readonly looked: (reference: string) => string
  readonly quoted: (question: string) => string
  readonly topics: Readonly<Record<Topic, string>>
  readonly next: string
  readonly more: string
  readonly asked: (instruction: string) => string
  readonly closing: string
}

/** What the simulated models say, in the four languages that they know. */
export const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    greeting: (name) => `Hi ${name ?? 'there'},`,
    thanks: 'Thank you for getting in touch, and I am sorry for the trouble.',
    looked: (reference) => `I have looked at ${reference}.`,
    quoted: (question) => `You asked: “${question}”`,
    topics: {
      refund:
        'I have started the refund. It goes back to the card you paid with and arrives by [date of the refund].',
      damaged:
        'That should not have reached you in this state. I am sending a replacement today at no cost; there is no need to return the damaged one.',
      delivery:
        'Your parcel has left our warehouse and is with the carrier. It should be with you by [delivery date], and you can follow it at [tracking link].',
      access:
        'I have sent a new sign-in link to the address on your account. It works once, for [minutes] minutes.',
      billing:
        'I have checked the charge against your invoice. The amount of [amount] was taken in error, and I have asked our billing team to correct it.',
      other:
        'I have passed this on to the colleague who knows it best, and you will have an answer by [date].',
    },
    next: 'If anything looks different on your side, just reply to this message and I will take it from there.',
    more: 'To keep you fully informed: I noted everything on your case, so whoever answers next will know what we agreed today.',
    asked: (instruction) => `[As the agent asked: ${instruction}]`,
    closing: 'Kind regards',
  },
  es: {
    greeting: (name) => `Hola${name === undefined ? '' : ` ${name}`}:`,
    thanks: 'Gracias por escribirnos, y lamento las molestias.',
    looked: (reference) => `He revisado ${reference}.`,
    quoted: (question) => `Nos preguntaba: «${question}»`,
    topics: {
      refund: 'Ya he iniciado el reembolso. Llegará a la tarjeta con la que pagó el [fecha del reembolso].',
      damaged:
        'No debería haberle llegado así. Hoy mismo le envío uno nuevo sin coste; no hace falta que devuelva el dañado.',
      delivery:
        'Su paquete ha salido de nuestro almacén y está en manos del transportista. Debería llegar el [fecha de entrega]; puede seguirlo en [enlace de seguimiento].',
      access:
        'Le he enviado un nuevo enlace de acceso a la dirección de su cuenta. Sirve una sola vez, durante [minutos] minutos.',
      billing:
        'He comparado el cargo con su factura. El importe de [importe] se cobró por error y he pedido que lo corrijan.',
      other: 'Se lo he pasado a la persona que mejor lo conoce y tendrá respuesta el [fecha].',
    },
    next: 'Si ve algo distinto por su parte, responda a este mensaje y yo me encargo.',
    more: 'Para que tenga toda la información: he anotado todo en su caso, de modo que quien le atienda sabrá lo que hemos acordado hoy.',
    asked: (instruction) => `[Como pidió el agente: ${instruction}]`,
    closing: 'Un saludo',
  },
  de: {
    greeting: (name) => (name === undefined ? 'Guten Tag,' : `Hallo ${name},`),
    thanks: 'vielen Dank für Ihre Nachricht. Es tut mir leid, dass Sie Ärger damit haben.',
    looked: (reference) => `Ich habe mir ${reference} angesehen.`,
    quoted: (question) => `Sie fragten: „${question}“`,
    topics: {
      refund:
        'Die Rückerstattung ist veranlasst. Das Geld kommt bis [Datum der Erstattung] auf die Karte zurück, mit der Sie bezahlt haben.',
      damaged:
        'So hätte es nicht bei Ihnen ankommen dürfen. Ich schicke Ihnen heute kostenlos Ersatz; das beschädigte Stück müssen Sie nicht zurückschicken.',
      delivery:
        'Ihr Paket hat unser Lager verlassen und ist unterwegs. Es sollte bis [Lieferdatum] bei Ihnen sein; verfolgen können Sie es unter [Link zur Sendung].',
      access:
        'Ich habe Ihnen einen neuen Anmeldelink an die Adresse Ihres Kontos geschickt. Er gilt einmal, [Minuten] Minuten lang.',
      billing:
        'Ich habe die Abbuchung mit Ihrer Rechnung verglichen. Der Betrag von [Betrag] wurde irrtümlich abgebucht, die Korrektur ist veranlasst.',
      other:
        'Ich habe Ihr Anliegen an die Kollegin weitergegeben, die es am besten kennt. Sie hören bis [Datum] von uns.',
    },
    next: 'Falls bei Ihnen etwas anders aussieht, antworten Sie einfach auf diese Nachricht, und ich kümmere mich darum.',
    more: 'Damit Sie alles wissen: Ich habe alles zu Ihrem Fall notiert, sodass jeder, der Ihnen antwortet, unsere heutige Absprache kennt.',
    asked: (instruction) => `[Wie gewünscht: ${instruction}]`,
    closing: 'Freundliche Grüße',
  },
  fr: {
    greeting: (name) => `Bonjour${name === undefined ? '' : ` ${name}`},`,
    thanks: 'Merci de nous avoir écrit, et veuillez nous excuser pour ce désagrément.',
    looked: (reference) => `J’ai consulté ${reference}.`,
    quoted: (question) => `Vous demandiez : « ${question} »`,
    topics: {
      refund:
        'Le remboursement est lancé. Il arrivera sur la carte qui a servi au paiement le [date du remboursement].',
      damaged:
        'L’article n’aurait pas dû vous parvenir dans cet état. Je vous en envoie un autre aujourd’hui, sans frais ; inutile de renvoyer le premier.',
      delivery:
        'Votre colis a quitté notre entrepôt et se trouve chez le transporteur. Il devrait arriver le [date de livraison] ; suivez-le ici : [lien de suivi].',
      access:
        'Je vous ai envoyé un nouveau lien de connexion à l’adresse de votre compte. Il est valable une fois, pendant [minutes] minutes.',
      billing:
        'J’ai comparé le prélèvement avec votre facture. Le montant de [montant] a été débité par erreur et j’en ai demandé la correction.',
      other:
        'J’ai transmis votre demande à la personne qui la connaît le mieux ; vous aurez une réponse le [date].',
    },
    next: 'Si vous constatez autre chose de votre côté, répondez simplement à ce message et je m’en occupe.',
    more: 'Pour que vous ayez tous les éléments : tout est noté dans votre dossier, et la personne qui vous répondra saura ce que nous avons convenu.',
    asked: (instruction) => `[Comme demandé : ${instruction}]`,
    closing: 'Bien cordialement',
  },
}
