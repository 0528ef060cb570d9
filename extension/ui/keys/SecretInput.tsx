import { TextInput, type TextInputProps } from '@mantine/core'

/**
 * A field for a secret, or for a part of one. The value stays in the field until `KeyForm` takes it from there; React never has it,
 * and the browser does not offer to keep it.
 */
export const SecretInput = (props: Omit<TextInputProps, 'value' | 'type' | 'ref'>) => (
  <TextInput
    type="password"
    dir="ltr"
    autoComplete="off"
    spellCheck={false}
    data-secret
    data-1p-ignore
    data-lpignore="true"
    {...props}
  />
)
