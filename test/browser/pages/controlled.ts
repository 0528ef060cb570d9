import { createElement, Fragment, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'

/** A box whose value belongs to React, and one that always puts its own value back. */
const Controlled = () => {
  const [value, setValue] = useState('')
  return createElement(
    Fragment,
    null,
    createElement('textarea', {
      id: 'controlled',
      rows: 6,
      value,
      onChange: (event: { target: { value: string } }) => setValue(event.target.value),
    }),
    createElement('output', { id: 'known' }, value),
    createElement('textarea', { id: 'stubborn', rows: 6, value: 'mine', onChange: () => undefined }),
  )
}

const root = document.getElementById('react')
if (root !== null) createRoot(root).render(createElement(StrictMode, null, createElement(Controlled)))
