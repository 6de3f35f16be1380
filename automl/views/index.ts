// How a search and its study look in a notebook and on a terminal.

export { bestTrial } from "../trial";
export { type Board, type Epoch, ended, finishedOf, follow, newBoard, trialsOf } from "./board";
export { doneOf, phaseOf, showBoard } from "./boardView";
export { type CurveFigure, searchCurve } from "./curve";
export { showStudy } from "./studyView";
export { showWhy } from "./whyView";
export { accuracyText, shortProgram } from "./words";
