/** A Chromium of the machine, started with an empty profile and kept to loopback. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The program that `FOLDB_CHROMIUM` names, or the first one found; undefined when there is none. */
export function findChromium() {
  const named = process.env.FOLDB_CHROMIUM
  if (named !== undefined) return named
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES].find((file) => existsSync(file))
}

/** Opens a page, and collects in `complaints` whatever the browser complains of or asks of another host. */
export async function openPage(executablePath, url) {
  const browser = await chromium.launch({ executablePath, headless: true, chromiumSandbox: false, args: QUIET })
  const page = await browser.newPage()
  const complaints = []
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`))
  page.on('request', (request) => isElsewhere(request.url(), url) && complaints.push(`asked for ${request.url()}`))
  await page.goto(url)
  await page.waitForFunction(() => 'ask' in globalThis)
  return { browser, page, complaints }
}

function isElsewhere(asked, url) {
  return /^https?:/.test(asked) && new URL(asked).origin !== new URL(url).origin
}
