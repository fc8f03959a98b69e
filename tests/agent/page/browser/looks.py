"""What a page must be for old eyes and thick fingers, measured from what a browser lays out."""

from typing import Any

from playwright.sync_api import Page

TARGET_PX, LINK_PX, TEXT_PX, CONTRAST = 48, 40, 18, 4.5

_MEASURE = """() => {
  const light = c => { const v = c.match(/[\\d.]+/g).map(Number).slice(0, 3).map(x => x / 255)
      .map(x => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2] }
  const ground = e => { for (let n = e; n; n = n.parentElement) {
      const c = getComputedStyle(n).backgroundColor
      if (!/, 0\\)$/.test(c) && c !== 'transparent') return c } return 'rgb(255, 255, 255)' }
  const seen = e => e.getClientRects().length && getComputedStyle(e).visibility === 'visible'
  const texts = [...document.querySelectorAll('body *')].filter(e => seen(e) &&
      [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  const contrast = e => { const a = light(getComputedStyle(e).color), b = light(ground(e))
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) }
  return {
    lang: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    width: document.documentElement.scrollWidth,
    room: document.documentElement.clientWidth,
    faint: texts.filter(e => contrast(e) < CONTRAST).map(e => e.tagName + ' ' + e.textContent.trim()),
    tiny: texts.filter(e => parseFloat(getComputedStyle(e).fontSize) < TEXT_PX)
      .map(e => e.tagName + ' ' + e.textContent.trim()),
    targets: [...document.querySelectorAll('button,.button,input:not([type=hidden]),select')]
      .filter(e => seen(e) && e.type !== 'checkbox')
      .map(e => [(e.textContent || e.name).trim(), e.getBoundingClientRect().height])
      .filter(one => one[1] < TARGET_PX),
    links: [...document.querySelectorAll('nav a,.rows a,.tick')].filter(seen)
      .map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
      .filter(one => one[1] < LINK_PX),
    unlabelled: [...document.querySelectorAll('input:not([type=hidden]),select,textarea')]
      .filter(e => seen(e) && !e.labels.length).map(e => e.name),
  }
}"""


def faults(page: Page) -> dict[str, Any]:
    """Everything that is wrong with how a page looks; empty for nothing."""
    asked = _MEASURE.replace("CONTRAST", str(CONTRAST)).replace("TEXT_PX", str(TEXT_PX))
    told = page.evaluate(asked.replace("TARGET_PX", str(TARGET_PX)).replace("LINK_PX", str(LINK_PX)))
    found: dict[str, Any] = {
        name: told[name] for name in ("faint", "tiny", "targets", "links", "unlabelled") if told[name]
    }
    if told["width"] > told["room"]:
        found["scrolls sideways"] = (told["width"], told["room"])
    if (told["lang"], told["headings"]) != ("zh-CN", 1) or not told["title"]:
        found["head"] = (told["lang"], told["headings"], told["title"])
    return found
