import { html, type Refusals, type Refused, redirect, retry } from '../refusals.ts'

/** An error as AWS writes it: its name travels in a header. */
export const bedrockError = (
  status: number,
  name: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Refused => ({
  status,
  headers: { 'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/com.amazon.bedrock/`, ...headers },
  body: { message },
})

/** Bedrock's status answers. It has neither credit nor spend limits of its own, and one name for every rate. */
export const bedrockRefusals: Refusals = {
  'key-invalid': () =>
    bedrockError(
      403,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ),
  'no-credit': () =>
    bedrockError(
      403,
      'AccessDeniedException',
      'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided. Your AWS Marketplace subscription for this model cannot be completed at this time.',
    ),
  forbidden: () =>
    bedrockError(
      403,
      'AccessDeniedException',
      "You don't have access to the model with the specified model ID.",
    ),
  'list-forbidden': () =>
    bedrockError(
      403,
      'AccessDeniedException',
      'User: arn:aws:iam::111122223333:user/simulated is not authorized to perform: bedrock:ListFoundationModels because no identity-based policy allows the bedrock:ListFoundationModels action',
    ),
  region: () =>
    bedrockError(
      400,
      'ValidationException',
      'Access to Anthropic models is not allowed from unsupported countries, regions, or territories. Please refer to https://www.anthropic.com/supported-countries for more information on the countries and regions Anthropic currently supports.',
    ),
  'model-missing': () =>
    bedrockError(400, 'ValidationException', 'The provided model identifier is invalid.'),
  'rate-limited': (act) =>
    bedrockError(
      429,
      'ThrottlingException',
      'Too many requests, please wait before trying again.',
      retry(act),
    ),
  overloaded: () =>
    bedrockError(503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.'),
  'server-error': () =>
    bedrockError(
      500,
      'InternalServerException',
      'The system encountered an unexpected error during processing. Try your request again.',
    ),
  'gateway-timeout': () =>
    bedrockError(
      408,
      'ModelTimeoutException',
      'Model has timed out in processing the request. Try your request again.',
    ),
  'too-long': () => bedrockError(400, 'ValidationException', 'Input is too long for requested model.'),
  'too-large': () => bedrockError(413, 'RequestEntityTooLargeException', 'Request body too large'),
  'html-502': () => html(502, '502 Bad Gateway'),
  redirect: () => redirect,
}
