// Has cdk-nag judge templates: node nag.cjs FOLDER-OF-NODE-MODULES FOLDER-OF-TEMPLATES. Prints the findings as JSON.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");
const [modules, templates] = process.argv.slice(2);
const load = createRequire(path.join(modules, "here.js"));
const { App, Stack } = load("aws-cdk-lib");
const { CfnInclude } = load("aws-cdk-lib/cloudformation-include");
const { AwsSolutionsChecks } = load("cdk-nag");

const app = new App();
for (const file of fs.readdirSync(templates).filter(name => name.endsWith(".template.json")).sort()) {
  const stack = new Stack(app, file.replace(".template.json", ""));
  new CfnInclude(stack, "Template", { templateFile: path.join(templates, file) });
}

const report = new AwsSolutionsChecks().validateScope(app);
console.log(JSON.stringify(report.violations));
