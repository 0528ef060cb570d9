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
import { canTellVisibility, isArmed, watchVisibility } from './visibility.ts'

/** Whether the panel can be covered by a page, and who is told about a press that did not count. */
type Arming = { readonly home: Home['kind']; readonly onUnseen: () => void }

const Context = createContext<Arming>({ home: 'page', onUnseen: () => undefined })

export const ArmingProvider = ({ home, onUnseen, children }: Arming & { children: ReactNode }) => (
  <Context.Provider value={{ home, onUnseen }}>{children}</Context.Provider>
)

const useVisibleSince = (element: RefObject<Element | null>): RefObject<number | undefined> => {
  const since = useRef<number>(undefined)
  useEffect(() => {
    const leaving = new AbortController()
    const told = (moment: number | undefined): void => {
      since.current = moment
    }
    if (element.current !== null) watchVisibility(element.current, told, leaving.signal)
    return () => leaving.abort()
  }, [element])
  return since
}

type Press = { readonly isTrusted: boolean; readonly timeStamp: number }

/** Where the browser cannot tell, a press counts here, and an insertion is asked about again in a window that nothing covers. */
const isSeen = (press: Press, home: Home['kind'], since: number | undefined): boolean =>
  home === 'window' || !canTellVisibility || isArmed(since, press.timeStamp)

/** A press by keyboard somewhere else in the panel, on behalf of the button. */
export type ArmedHandle = { readonly press: (event: Press) => void; readonly focus: () => void }

type Props = Omit<ButtonProps, 'onClick'> & {
  readonly onPress: () => void
  readonly handle?: Ref<ArmedHandle>
  readonly title?: string
}

/** A button that spends or writes: only a trusted press counts, after the button has been really visible for half a second. */
export const ArmedButton = ({ onPress, handle, ...button }: Props) => {
  const { home, onUnseen } = useContext(Context)
  const element = useRef<HTMLButtonElement>(null)
  const since = useVisibleSince(element)
  const press = (event: Press): void => {
    if (!event.isTrusted) return
    if (isSeen(event, home, since.current)) onPress()
    else onUnseen()
  }
  useImperativeHandle(handle, () => ({ press, focus: () => element.current?.focus() }))
  const onClick = ({ nativeEvent }: MouseEvent): void => press(nativeEvent)
  return <Button ref={element} onClick={onClick} {...button} />
}
