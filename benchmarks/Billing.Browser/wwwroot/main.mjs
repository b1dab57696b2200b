// Runs the program under Node.js as a page would in a browser. Usage: node main.mjs ROWS
import { dotnet } from './_framework/dotnet.js';

const { runMain } = await dotnet.withApplicationArguments(...process.argv.slice(2)).create();
process.exit(await runMain());
