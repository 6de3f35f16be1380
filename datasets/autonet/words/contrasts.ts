// Two things in one breath, and numbers between two bounds.

/** {A} is there, {B} is there. */
export const both =
  "{A} and {B}; both {A} and {B}; {A} as well as {B}; {A} together with {B}; {A} along with {B}; {A}, {B}; {A} & {B}; {A} plus {B}; {A} and also {B}; not only {A} but also {B}; not just {A} but {B} too; {A} in addition to {B}; {A} next to {B}; {A} besides {B}; {A}, and {B}; {A} and {B} too; {A} and {B} both; {A} + {B}; {A} with {B}; {A}/{B}";
/** {A} is there, {B} is not. */
export const oneOnly =
  "{A} but no {B}; {A}, no {B}; no {B} but {A}; {A} and no {B}; {A} without {B}; no {B}, {A}; {A}, not {B}; {A} not {B}; {A} but not {B}; {A} and not {B}; {A}, but no {B}; {A} rather than {B}; {A} instead of {B}; {A} in place of {B}; {A}, never {B}; {A} with no {B}; {A} without any {B}; {A}, without {B}; no {B}, but {A}; no {B} and {A}; not {B} but {A}; no {B}, just {A}; no {B}, with {A}; without {B} but with {A}; without {B}, with {A}; without {B}, but {A}; without {B} and with {A}; with {A} but without {B}; with {A}, without {B}; with {A} and no {B}; with {A}, no {B}; with {A} but no {B}; instead of {B}, {A}; in place of {B}, {A}; {A} yes, {B} no; {A}: yes, {B}: no; {B}: no, {A}: yes; {B} no, {A} yes; {A} only, no {B}; {A} in, {B} out; {A} though no {B}; {A} yet no {B}; {A} while no {B}; {A} except {B}; {A} and none of the {B}; {A} and zero {B}; zero {B} but {A}; {A} minus {B}; {A} w/o {B}; while lacking {B}, {A}; not any {B} but {A}";
/** Neither is. */
export const neither =
  "neither {A} nor {B}; no {A} or {B}; no {A} and no {B}; no {A}, no {B}; without {A} or {B}; without {A} and {B}; without {A} and without {B}; no {A} nor {B}; no {A}, nor {B}; free of {A} and {B}; without {A}, without {B}; none of {A} and {B}; lacking {A} and {B}; lacking both {A} and {B}; without either {A} or {B}; not {A} nor {B}; no {A} / no {B}; no {A} and also no {B}; no {A} and no {B} either; no {A}, no {B} either; zero {A} and zero {B}; w/o {A} and {B}; w/o {A} or {B}; without any {A} or {B}; without any {A} and without any {B}; with no {A} and no {B}; with neither {A} nor {B}; with no {A} or {B}; devoid of {A} and {B}; {A}: no, {B}: no; not any {A} or {B}; not {A}, not {B}; minus {A} and {B}";

/** The same of what it is: {x} and {y} hold. */
export const areBoth =
  "{x} and {y}; {x}, {y}; both {x} and {y}; {x} but {y}; {x} yet {y}; {x} as well as {y}; {x} and also {y}; {x} though {y}; {x} while {y}; {x}, and {y}; {x} and {y} too; {x}, yet {y}; not only {x} but also {y}; at once {x} and {y}; {x} + {y}; {x} & {y}; {x} and, besides, {y}; {x} and at the same time {y}";
/** {x} holds and {y} does not. */
export const isOneOnly =
  "{x}, not {y}; {x} but not {y}; not {y} but {x}; {x} and not {y}; {x} not {y}; {x} rather than {y}; {x} instead of {y}; not {y}, but {x}; not {y} and {x}; not {y} yet {x}; not {y} though {x}; {x}, but not {y}; {x}, and not {y}; {x}, never {y}; {x} yet not {y}; {x} though not {y}; {x} while not {y}; anything but {y}, and {x}; no longer {y} but {x}; not {y}, {x}; hardly {y} but {x}; {x} and by no means {y}; {x} and in no way {y}; {x} without being {y}";
export const isNeither =
  "neither {x} nor {y}; not {x} and not {y}; not {x}, not {y}; not {x} nor {y}; not {x} or {y}; not {x} and also not {y}; not {x} and not {y} either; not {x}, nor {y}; anything but {x} or {y}; never {x} nor {y}; by no means {x} or {y}; far from {x} and from {y}";

/** {h} is what it has: for statements; a blank is nothing, for what begins with its own word. */
export const has =
  "it has {h}; it uses {h}; it has {h}; has {h}; uses {h}; there is {h}; it contains {h}; the network has {h}; the network uses {h}; the model has {h}; the model uses {h}; this network has {h}; this model uses {h}; it comes with {h}; it works with {h}; it includes {h}; it relies on {h}; it employs {h}; it features {h}; the architecture has {h}; the architecture uses {h}; we have {h}; you find {h}; you get {h}; it makes use of {h}; it is built with {h}; it is made with {h}; one finds {h}; contains {h}; with {h}; {h}; {h}; {h}";
/** Behind a list that begins with "with" or "without". */
export const comes =
  "it comes {h}; it is built {h}; it is made {h}; it works {h}; {h}; {h}; a network {h}; a model {h}; it is {h}; this is a network {h}; the network is {h}; the model comes {h}; it is designed {h}; it is a network {h}; it is a model {h}; it runs {h}; the architecture comes {h}; the design is {h}";

/** Between {n} and {m}, both included: {u} is the unit. */
export const ranges =
  "between {n} and {m} {u}; {n} to {m} {u}; from {n} to {m} {u}; {n}-{m} {u}; at least {n} and at most {m} {u}; {n} - {m} {u}; at least {n} but at most {m} {u}; {n} or more but at most {m} {u}; no fewer than {n} and no more than {m} {u}; not less than {n} and not more than {m} {u}; in the range of {n} to {m} {u}; in the range from {n} to {m} {u}; somewhere between {n} and {m} {u}; anywhere between {n} and {m} {u}; anywhere from {n} to {m} {u}; anything between {n} and {m} {u}; anything from {n} to {m} {u}; {u} between {n} and {m}; {u} from {n} to {m}; {u}: {n} to {m}; {u}: {n}-{m}; {u}: between {n} and {m}; min {n} and max {m} {u}; min {n}, max {m} {u}; minimum {n}, maximum {m} {u}; a minimum of {n} and a maximum of {m} {u}; at most {m} but at least {n} {u}; at most {m} and at least {n} {u}; max {m}, min {n} {u}; no more than {m} and no fewer than {n} {u}; up to {m} but at least {n} {u}; >= {n} and <= {m} {u}; between {n} {u} and {m} {u}; from {n} {u} to {m} {u}; from {n} up to {m} {u}; within {n} and {m} {u}; within {n} to {m} {u}; {n} up to {m} {u}; a number of {u} between {n} and {m}; a number of {u} from {n} to {m}; {n} {u} at least and {m} at most; at least {n} {u} and at most {m}; at least {n} {u} and at most {m} {u}; at most {m} {u} and at least {n} {u}; not below {n} and not above {m} {u}";
/** Both left out. */
export const openRanges =
  "more than {n} but fewer than {m} {u}; over {n} but under {m} {u}; more than {n} and less than {m} {u}; above {n} and below {m} {u}; under {m} but over {n} {u}; more than {n} {u} but fewer than {m}; over {n} and under {m} {u}; above {n} but below {m} {u}; under {m} and over {n} {u}; below {m} and above {n} {u}; less than {m} but more than {n} {u}; fewer than {m} but more than {n} {u}; fewer than {m} and more than {n} {u}; strictly between {n} and {m} {u}; > {n} and < {m} {u}; < {m} and > {n} {u}; {u} > {n} and < {m}; more than {n} {u} and fewer than {m} {u}; over {n} {u} but under {m} {u}; under {m} {u} but over {n}; less than {m} {u} but more than {n} {u}; greater than {n} and smaller than {m} {u}; exceeding {n} but below {m} {u}; beyond {n} but under {m} {u}";

/** A bound beside, in few words: {p} is "under 30k parameters". */
export const beside = ", |, | and |; | with |, with |, and | at |, at |. ";
