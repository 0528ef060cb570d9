/** The pairing page's own look; it loads nothing. Follows the system's color scheme and the side that the language is read from. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1f2428, #e6e9ec);
  --quiet: light-dark(#575f68, #a4adb6);
  --line: light-dark(#dfe3e7, #363c42);
  --edge: light-dark(#868e96, #78818a);
  --sunken: light-dark(#f6f8f9, #22272b);
  --accent: #147882;
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: light-dark(#fff, #1b1f22);
  color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
main { max-width: 560px; margin: 0 auto; padding: 48px 20px; }
h1 { font-size: 22px; font-weight: 600; line-height: 1.3; margin: 0 0 8px; }
h2 { font-size: 15px; font-weight: 600; margin: 32px 0 8px; }
p { margin: 0 0 12px; }
ol { margin: 0 0 20px; padding-inline-start: 22px; }
li { margin: 0 0 10px; }
dl { margin: 0; border: 1px solid var(--line); border-radius: 6px; }
dl > div { padding: 10px 14px; }
dl > div + div { border-top: 1px solid var(--line); }
dt { color: var(--quiet); font-size: 13px; }
dd { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 12px; margin: 0; }
code { font-family: ui-monospace, monospace; font-size: 14px; overflow-wrap: anywhere; min-width: 0; direction: ltr; }
.quiet { color: var(--quiet); font-size: 13px; margin-top: 20px; }
button, .open {
  border: 1px solid var(--edge); border-radius: 6px; background: transparent; color: var(--ink);
  font: inherit; font-size: 14px; padding: 5px 12px; cursor: pointer;
}
.open { display: inline-block; border-color: var(--accent); background: var(--accent); color: #fff; padding: 8px 16px; font-weight: 600; text-decoration: none; }
button:focus-visible, .open:focus-visible { outline: 2px solid light-dark(#147882, #72c5cf); outline-offset: 2px; }
[hidden] { display: none; }
`
