#!/usr/bin/env node
import process from "node:process";
import { nodeHost } from "./host.js";
import { main } from "./main.js";

process.exitCode = await main(process.argv.slice(2), nodeHost());
