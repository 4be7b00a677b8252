// node resave.js PROGRAM WORK...: opens workbooks and saves them, changing nothing. Each work is a list in JSON: a file and
// the files to save it as.
"use strict";
const path = require("node:path");

const BOOK_TYPES = { ".xlsx": "xlsx", ".xlsb": "xlsb", ".xls": "biff8", ".ods": "ods" };

function sheetjs(source, targets) {
  const XLSX = require("xlsx");
  const book = XLSX.readFile(source, { cellFormula: true, cellStyles: true, cellDates: true, cellNF: true });
  for (const target of targets) {
    const bookType = BOOK_TYPES[path.extname(target)];
    XLSX.writeFile(book, target, { bookType, cellStyles: true, cellDates: bookType === "ods" });
  }
}

async function exceljs(source, targets) {
  const { Workbook } = require("exceljs");
  const book = new Workbook();
  await book.xlsx.readFile(source);
  for (const target of targets) await book.xlsx.writeFile(target);
}

const [program, ...works] = process.argv.slice(2);
(async () => {
  for (const [source, ...targets] of works.map((work) => JSON.parse(work))) await { sheetjs, exceljs }[program](source, targets);
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
