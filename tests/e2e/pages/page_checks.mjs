// `node page_checks.mjs MODULES OUT PAGE.html...`: what a browser makes of the pages of reports. MODULES is
// the folder in which package.json was installed; screenshots and PDFs are left in OUT. Each breach
// is a line; status 1 when there is one.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, out, ...pages] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), 'package.json'));
const { chromium } = require('playwright-core');
const { HtmlValidate } = require('html-validate');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// A screen, a telephone, and the screen at 400 %.
const WIDTHS = [1280, 390, 320];
let breaches = 0;

function breach(page, what) {
  breaches += 1;
  console.log(`${page}: ${what}`);
}

async function checkForm(page, file) {
  const validator = new HtmlValidate({
    extends: ['html-validate:standard', 'html-validate:a11y'],
    rules: { 'no-inline-style': 'error', 'long-title': 'off', 'wcag/h36': 'error' },
  });
  const report = await validator.validateFile(file);
  for (const { messages } of report.results) {
    for (const m of messages) breach(page, `html-validate ${m.line}: ${m.ruleId}: ${m.message}`);
  }
}

// No words may need scrolling sideways, and what scrolls by itself must take the focus.
async function checkWidth(page, tab, width) {
  const found = await tab.evaluate(() => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    stuck: [...document.querySelectorAll('*')]
      .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0 &&
        ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)).length,
  }));
  if (found.wide > 0) breach(page, `${found.wide} px too wide for a screen of ${width}`);
  if (found.stuck > 0) breach(page, `${found.stuck} parts scroll without the keyboard at ${width}`);
}

async function checkAccess(page, tab, width) {
  await tab.evaluate(axe);
  const result = await tab.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  for (const { id, help, nodes } of result.violations) {
    breach(page, `axe at ${width}: ${id}: ${help}: ${nodes[0].html} (${nodes.length})`);
  }
  return result.passes.length;
}

// Writes a mark at the top and at the bottom of every row, chart and paragraph of an explanation,
// which takes no room; each pair must be on one sheet of paper.
async function mark(tab) {
  return tab.evaluate(() => {
    const parts = [...document.querySelectorAll('tr, figure, .toelichting dd')];
    parts.forEach((part, n) => {
      const host = part.tagName === 'TR' ? part.cells[0] : part;
      host.style.position = 'relative';
      for (const [end, side] of [['a', 'top'], ['b', 'bottom']]) {
        const span = document.createElement('span');
        span.textContent = `mark${n}${end}`;
        span.style.cssText = `position:absolute;left:0;${side}:0;font-size:2px;line-height:1`;
        host.append(span);
      }
    });
    const names = parts.map((part) => part.tagName + ' ' + part.textContent.trim().slice(0, 40));
    const last = (figure) => parts.indexOf([...figure.closest('.blad').querySelectorAll('tr')].pop());
    const charts = parts.flatMap((part, n) => part.tagName === 'FIGURE' ? [[last(part), n]] : []);
    return { names, charts };
  });
}

async function pagesOfMarks(tab, pdf) {
  writeFileSync(pdf, await tab.pdf({ preferCSSPageSize: true, printBackground: true }));
  const sheets = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' }).split('\f');
  const at = new Map();
  sheets.forEach((text, sheet) => {
    for (const [name] of text.matchAll(/mark\d+[ab]/g)) {
      if (!at.has(name)) at.set(name, sheet);  // a head is repeated on every sheet
    }
  });
  return { at, sheets: sheets.length - 1 };
}

function cutParts(marks, names) {
  return names.filter((_, n) => {
    const [top, bottom] = [marks.get(`mark${n}a`), marks.get(`mark${n}b`)];
    if (top === undefined || bottom === undefined) throw new Error(`mark ${n} is not on paper`);
    return top !== bottom;
  });
}

async function checkPaper(page, tab) {
  const pdf = join(out, `${page}.pdf`);
  writeFileSync(pdf, await tab.pdf({ preferCSSPageSize: true, printBackground: true }));
  const info = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
  if (!/Page size:\s+84[12][.\d]* x 59[456][.\d]* pts \(A4\)/.test(info)) {
    breach(page, 'is not on A4 landscape');
  }
  const { names, charts } = await mark(tab);
  const marked = join(out, `${page}.marked.pdf`);
  const { at, sheets } = await pagesOfMarks(tab, marked);
  for (const name of cutParts(at, names)) breach(page, `cut over two sheets: ${name}`);
  for (const [row, chart] of charts) {
    if (at.get(`mark${row}b`) !== at.get(`mark${chart}a`)) {
      breach(page, `a chart is not with its table: ${names[chart]}`);
    }
  }
  const text = execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' });
  if (!text.includes(`Pagina ${sheets} van ${sheets}`)) breach(page, 'sheets have no number');
  await checkThatCutsAreSeen(tab, names, marked);
  return { sheets, parts: names.length };
}

// The check above can say no: rows too high for a sheet are cut, and found.
async function checkThatCutsAreSeen(tab, names, pdf) {
  const style = 'tbody tr{height:30cm;break-inside:auto!important}tbody tr>*{height:30cm}';
  await tab.evaluate((css) => {
    const sheet = document.createElement('style');
    sheet.textContent = css;
    document.head.append(sheet);
  }, style);
  const { at } = await pagesOfMarks(tab, pdf);
  if (cutParts(at, names).length === 0) throw new Error('a row that is cut is not noticed');
}

async function check(browser, file) {
  const page = basename(file, '.html');
  await checkForm(page, file);
  const url = pathToFileURL(resolve(file)).href;
  const tab = await browser.newPage();
  tab.on('console', (m) => breach(page, `console: ${m.type()}: ${m.text()}`));
  tab.on('pageerror', (error) => breach(page, `script: ${error}`));
  tab.on('request', (r) => r.url() === url || breach(page, `asks for ${r.url()}`));
  let rules = 0;
  for (const width of WIDTHS) {
    await tab.setViewportSize({ width, height: 900 });
    await tab.goto(url);
    await checkWidth(page, tab, width);
    await tab.screenshot({ path: join(out, `${page}-${width}.png`), fullPage: true });
    rules = await checkAccess(page, tab, width);
  }
  await tab.goto(url);
  const { sheets, parts } = await checkPaper(page, tab);
  await tab.close();
  console.log(`${page}: ${rules} rules of axe at ${WIDTHS.length} widths; ${parts} rows and charts ` +
    `whole on ${sheets} sheets`);
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
});
try {
  for (const file of pages) await check(browser, file);
} finally {
  await browser.close();
}
process.exitCode = breaches > 0 ? 1 : 0;
