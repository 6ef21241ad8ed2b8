/** The compiler in a thread of its own. */
import { Engine } from "./engine.js";
import { answerRequests } from "./protocol.js";

answerRequests(new Engine());
