import { browser } from 'wxt/browser'
import { type Opening, openAssistant } from './open-assistant.ts'

const name = 'draft'

/** The shortcut and the context menu: each is a gesture that grants activeTab for its tab. */
export const listenToGestures = (opening: Opening): void => {
  browser.commands.onCommand.addListener(async (command, tab) => {
    if (command === name && tab?.id !== undefined) await openAssistant(opening, tab.id)
  })
  browser.contextMenus.onClicked.addListener(async (info, tab) => {
    if (info.menuItemId === name && tab?.id !== undefined) await openAssistant(opening, tab.id)
  })
  browser.runtime.onInstalled.addListener(offerMenu)
}

const offerMenu = async (): Promise<void> => {
  await browser.contextMenus.removeAll()
  browser.contextMenus.create({
    id: name,
    title: browser.i18n.getMessage('menu'),
    contexts: ['page', 'editable', 'selection'],
  })
}
