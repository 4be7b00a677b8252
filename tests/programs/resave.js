// node resave.js PROGRAM SOURCE TARGET [TARGET...]: opens a workbook and saves it, changing nothing.
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

const [program, source, ...targets] = process.argv.slice(2);
Promise.resolve({ sheetjs, exceljs }[program](source, targets)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
