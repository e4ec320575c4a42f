// What scripts add to every page. Nothing here is needed for a page to work.
import { startSteppers } from "./stepper.js";
import { startSliders } from "./slider.js";
import { startSoreMap } from "./sore-map.js";
import { startDialogs } from "./dialog.js";
import { startCircuitTimers } from "./circuit-timer.js";
import { startStopwatches } from "./stopwatch.js";
import { startTimers } from "./timer.js";
import { startTimeZone } from "./timezone.js";
import { startOffline } from "./offline.js";
import { startOutbox } from "./outbox.js";
import { startOnce } from "./once.js";
import { startPlates } from "./plates.js";
import { startTraining } from "./training.js";
import { startTyped } from "./typed.js";
import { startToasts } from "./toast.js";
import { startCoach } from "./coach.js";

startSteppers(document);
startSliders(document);
startSoreMap(document);
startDialogs(document);
startTimeZone(document);
startTimers(document);
startStopwatches(document);
startCircuitTimers(document);
startPlates(document);
startTyped(document);
startOutbox(document);
startTraining(document);
startToasts(document);
startCoach(document);
startOffline();
startOnce(document); // last: it leaves alone what another script has taken over
