import { Button, type ButtonProps } from '@mantine/core'
import {
  createContext,
  type MouseEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useContext,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react'
import type { Home } from './handover.ts'
import { isArmed, type Visibility, watchVisibility } from './visibility.ts'

/** Whether the panel can be covered by a page, and who is told about a press that did not count. */
type Arming = { readonly home: Home['kind']; readonly onUnseen: () => void }

const Context = createContext<Arming>({ home: 'page', onUnseen: () => undefined })

export const ArmingProvider = ({ home, onUnseen, children }: Arming & { children: ReactNode }) => (
  <Context.Provider value={{ home, onUnseen }}>{children}</Context.Provider>
)

/** What a press may do. `insert` needs a browser that can tell what is visible; `spend` goes on without. */
export type Deed = 'spend' | 'insert'

const useVisibility = (element: RefObject<Element | null>): RefObject<Visibility> => {
  const visibility = useRef<Visibility>({ kind: 'seen', since: undefined })
  useEffect(() => {
    const leaving = new AbortController()
    const told = (next: Visibility): void => {
      visibility.current = next
    }
    if (element.current !== null) watchVisibility(element.current, told, leaving.signal)
    return () => leaving.abort()
  }, [element])
  return visibility
}

type Press = { readonly isTrusted: boolean; readonly timeStamp: number }

const counts = (press: Press, deed: Deed, home: Home['kind'], visibility: Visibility): boolean => {
  if (!press.isTrusted) return false
  if (home === 'window') return true
  return visibility.kind === 'unknown' ? deed === 'spend' : isArmed(visibility, press.timeStamp)
}

/** A press by keyboard somewhere else in the panel, on behalf of the button. */
export type ArmedHandle = { readonly press: (event: Press) => void; readonly focus: () => void }

type Props = Omit<ButtonProps, 'onClick'> & {
  readonly deed: Deed
  readonly onPress: () => void
  readonly handle?: Ref<ArmedHandle>
  readonly title?: string
}

/** A button that spends or writes: only a trusted press counts, after the button has been really visible for half a second. */
export const ArmedButton = ({ deed, onPress, handle, ...button }: Props) => {
  const { home, onUnseen } = useContext(Context)
  const element = useRef<HTMLButtonElement>(null)
  const visibility = useVisibility(element)
  const press = (event: Press): void => {
    if (counts(event, deed, home, visibility.current)) onPress()
    else if (event.isTrusted) onUnseen()
  }
  useImperativeHandle(handle, () => ({ press, focus: () => element.current?.focus() }))
  const onClick = ({ nativeEvent }: MouseEvent): void => press(nativeEvent)
  return <Button ref={element} onClick={onClick} {...button} />
}
