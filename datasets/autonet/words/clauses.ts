// Claims as clauses: "subject > verb rest", where no subject means the network. `!` marks the test wordings.

/** {T} is the thing: counted in the plural or as a mass; {Ts} one of it, {Tp} many. */
export const hasClauses =
  "> has {T}; > uses {T}; > contains {T}; > includes {T}; > has {T}; > uses {T}; > employs {T}; > features {T}; > relies on {T}; > makes use of {T}; > comes with {T}; > is equipped with {T}; > is built with {T}; > incorporates {T}; there > are {Tp}; there > are {Tp} in it; {Tp} > are used; {Tp} > are present; > has some {Tp}; > has at least one {Ts}; > utilizes {T}; > has {T} in it; > applies {T}; you > find {Tp} in it; somewhere > has {T}; > is based on {T}; > involves {T}; !> exhibits {T}; !> draws on {T}; !> shows {T}; !{Tp} > occur in it; !> depends on {T}; !> is fitted with {T}; !one > sees {Tp} in it";
export const lacksClauses =
  "> has no {T}; > uses no {T}; > contains no {T}; > lacks {T}; > is free of {T}; > avoids {T}; > omits {T}; > does without {T}; > goes without {T}; > works without {T}; > comes without {T}; > is without {T}; > is devoid of {T}; > never uses {T}; > skips {T} entirely; > has zero {Tp}; > has not a single {Ts}; > contains not one {Ts}; there > is no {T1}; there > are no {Tp}; there > are no {Tp} in it; {Tp} > are absent; {Tp} > are missing; no {Tp} > are used; not a single {Ts} > is used; > has no {T} at all; > has no {T} whatsoever; > includes no {T}; > employs no {T}; > leaves out {T}; > forgoes {T}; > has neither need nor use of {T}; no {T1} > is used; no {Ts} > appears anywhere; there > is not a single {Ts} in it; there > is no sign of {T}; > is completely free of {T}; !> dispenses with {T}; !> steers clear of {T}; !> abstains from {T}; !> has nothing like {T}; !nowhere > has {T}; !> features no {T}; !> manages without {T}; !{T} > cannot be found in it; !> contains zero {Tp}";
/** {N} with its relation, {Tn} the thing in the number that goes with it. */
export const countClauses =
  "> has {N} {Tn}; > has {N} {Tn}; > contains {N} {Tn}; > uses {N} {Tn}; > includes {N} {Tn}; there > are {N} {Tn}; there > are {N} {Tn} in it; > counts {N} {Tn}; > stacks {N} {Tn}; > comes with {N} {Tn}; > employs {N} {Tn}; > has {N} {Tn} in total; > has a total of {N} {Tn}; > features {N} {Tn}; > consists of {N} {Tn} among other things; you > find {N} {Tn}; > is built with {N} {Tn}; !> holds {N} {Tn}; !> comprises {N} {Tn}; !> makes use of {N} {Tn}; !one > counts {N} {Tn} in it; !> sports {N} {Tn}";
/** {R} is "is at most 4". */
export const countOfClauses =
  "the number of {Tp} > {R}; its number of {Tp} > {R}; the count of {Tp} > {R}; the total number of {Tp} > {R}; the {Ts} count > {R}; !the amount of {Tp} > {R}; !the tally of {Tp} > {R}";
export const moreClauses =
  "> has more {A} than {B}; > contains more {A} than {B}; > uses more {A} than {B}; there > are more {A} than {B}; {A} > outnumber {B}; the {A} > outnumber the {B}; > has fewer {B} than {A}; there > are fewer {B} than {A}; the number of {A} > exceeds the number of {B}; > has less {B} than {A}; {A} > are more frequent than {B}; {A} > are more common than {B}; > includes more {A} than {B}; > relies on more {A} than {B}; it > has a larger number of {A} than of {B}; !{B} > are rarer than {A}; !> counts more {A} than {B}; !> holds fewer {B} than {A}; !{A} > occur more often than {B}; !{A} > are in the majority over {B}";

export const kernelClauses =
  "> uses {K} kernels; > has {K} convolutions; > has {K} filters; > contains {K} convolutions; > employs {K} kernels; > uses {K} convs; some convolutions > are {K}; there > are {K} kernels; there > are {K} convolutions; some kernels > are {K}; > convolves with {K} kernels; > has convolutions with {K} kernels; > has a {K} kernel; > includes {K} conv layers; > uses convolutions of size {K}; > has kernels of size {K}; > uses a kernel size of {k}; > has a {K} convolution; > has at least one {K} convolution; > makes use of {K} filters; a {K} kernel > is used; {K} kernels > are used; {K} convolutions > are used; > has convolutions whose kernel is {K}; !> features {K} filters; !> filters with {K} windows; !{K} kernels > occur in it; !> comprises {K} convolutions; !> runs {K} filters over its input";
export const kernelLacksClauses =
  "> has no {K} convolutions; > uses no {K} kernels; > contains no {K} filters; there > are no {K} convolutions; no {K} kernels > are used; > avoids {K} kernels; > lacks {K} convolutions; no convolution > is {K}; none of its kernels > is {K}; > never uses {K} kernels; > works without {K} convolutions; > is free of {K} kernels; !> dispenses with {K} filters; !not one kernel > is {K}; !> steers clear of {K} convolutions; !> has zero {K} filters";
export const onlyKernelClauses =
  "> uses only {K} kernels; all convolutions > are {K}; all kernels > are {K}; all its kernels > are {K}; > uses {K} kernels only; > uses {K} kernels throughout; > uses exclusively {K} kernels; every convolution > is {K}; every kernel > is {K}; > has nothing but {K} convolutions; > has only {K} convolutions; all of its convolutions > use {K} kernels; > sticks to {K} kernels; each convolution > has a {K} kernel; > uses {K} filters everywhere; all conv layers > have {K} kernels; > relies solely on {K} convolutions; > contains only {K} filters; !> limits itself to {K} kernels; !all of the filters > measure {K}; !> convolves with {K} kernels alone; !every single kernel > measures {K}";

/** {I} is "32x32 RGB images". */
export const inputClauses =
  "> takes {I}; > expects {I}; > accepts {I}; > works on {I}; > reads {I}; > operates on {I}; > is fed {I}; > takes {I} as input; > is made for {I}; > is designed for {I}; > has {I} as input; the input > is {i}; its input > is {i}; the input size > is {i}; the input shape > is {i}; > processes {I}; > receives {I}; > has an input of {i}; > has an input size of {i}; > takes in {I}; > gets {I}; inputs > are {i}; the input > has size {i}; the expected input > is {i}; > handles {I}; > is for {I}; !> consumes {I}; !> ingests {I}; !what goes in > is {i}; !> looks at {I}; !its input > measures {i}; !> is meant for {I}";

/** {L} is "3, 4, 6 and 3". */
export const stagesClauses =
  "the stages > have {L} blocks; > has stages of {L} blocks; > has {C} stages of {L} blocks; its stages > have {L} blocks; > stacks {L} blocks in its {C} stages; the stage depths > are {L}; the blocks per stage > are {L}; > repeats its blocks {L} times; > has {L} blocks per stage; its {C} stages > have {L} blocks respectively; the block layout > is {L}; > is organized as {L} blocks; > has {L} blocks in its stages; the numbers of blocks > are {L}; > follows a {L} block layout; its stages > repeat {L} times; > has stage depths {L}; > uses {L} blocks in the {C} stages; !the stages > hold {L} blocks; !> arranges its blocks as {L}; !stage by stage > has {L} blocks; !its {C} stages > contain {L} blocks each in turn";

/** In noun phrases, after "with". */
export const countPhrases =
  "{N} {Tn}; {N} {Tn}; {N} {Tn}; a total of {N} {Tn}; {N} {Tn} in total; !{N} {Tn} altogether; !{N} {Tn} overall";
export const morePhrases =
  "more {A} than {B}; fewer {B} than {A}; more {A} than it has {B}; !more {A} in it than {B}; !{A} outnumbering {B}";
export const kernelPhrases =
  "{K} kernels; {K} convolutions; {K} filters; {K} convs; {K} conv layers; kernels of size {K}; a kernel size of {k}; convolutions of size {K}; a {K} kernel; !filters of {K}; !{K} windows; !{K} conv filters";
export const onlyKernelPhrases =
  "only {K} kernels; {K} kernels only; {K} kernels throughout; nothing but {K} convolutions; exclusively {K} convolutions; only {K} filters; {K} convs everywhere; all kernels {K}; only {K} convolutions; !{K} filters alone; !kernels all of {K}; !{K} convolutions and no other size";
export const stagesPhrases =
  "stages of {L} blocks; {C} stages of {L} blocks; {L} blocks per stage; {L} blocks in its stages; stage depths of {L}; {L} blocks in {C} stages; {C} stages with {L} blocks; a {L} block layout; !stages holding {L} blocks; !{L} blocks stage by stage";
export const inputPhrases =
  "for {I}; for {I}; on {I}; taking {I}; for {i} input; with {i} input; that takes {I}; with an input of {i}; for {I} as input; working on {I}; with {I} as input; expecting {I}; with input size {i}; !over {I}; !fed with {I}; !to be used on {I}; !given {I}";
export const withoutPhrases =
  "without {T}; with no {T}; without any {T}; no {T}; free of {T}; but no {T}; and no {T}; lacking {T}; but without {T}; with zero {Tp}; without a single {Ts}; and without {T}; not using {T}; that avoids {T}; that has no {T}; !minus the {T}; !devoid of {T}; !dispensing with {T}; !with {T} left out; !{T} excluded";
/** In a list that begins with "with" already. */
export const listedWithout = "no {T}; no {T} at all; zero {Tp}; !not a single {Ts}; !no {T} whatsoever";

/** Pictures: {h} by {w}, {x} is "32x32", {c} how many channels they have, {k} their kind: "RGB". */
export const pictures =
  "{x} {k} images; {x} {k} pictures; {x} {k} inputs; {x} {k} image input; {k} images of {x} pixels; {k} images of size {x}; {x}x{c} images; {x}x{c} inputs; {x}x{c} input; images of size {x}x{c}; {k} {x} images; {k} pictures of {x}; {x} images with {C}; {x} pixel {k} images; inputs of shape {x}x{c}; {x}x{c}; {x}x{c}; {x} {k}; !{k} photos of {x}; !{x}x{c} tensors; !pictures of {x} with {C}; !{k} frames of {x}; !{x} thumbnails in {k}";
export const plainPictures =
  "{x} images; {x} pictures; {x} inputs; images of {x} pixels; images of size {x}; {x} pixel images; {x} input images; inputs of {x}; pictures of {x} pixels; images at {x} resolution; {x}; {x} pixels; !photos of {x}; !{x} frames; !pictures sized {x}; !{x} thumbnails";
export const vectors =
  "{n} features; a vector of {n} features; {n} input features; {n}-dimensional vectors; {n}-dimensional input; {n} numerical features; tabular data with {n} columns; {n} columns; {n}-feature vectors; feature vectors of length {n}; vectors of length {n}; {n} variables; {n} inputs; {n} tabular features; !rows of {n} numbers; !{n}-d vectors; !records of {n} fields; !{n} measured values";
export const channelKinds: Readonly<Record<number, string>> = {
  1: "grayscale; greyscale; gray; single-channel; one-channel; black-and-white; monochrome; 1-channel; !gray-scale; !grey",
  3: "RGB; color; colour; rgb; three-channel; 3-channel; RGB color; !full-color; !coloured",
  4: "four-channel; 4-channel; RGBA; !4 channel",
};
/** Channels alone. */
export const channelClauses: Readonly<Record<number, string>> = {
  1: "> takes {k} images; the input > is {k}; > works on {k} images; > expects {k} input; > reads {k} pictures; images > are {k}; its input > is {k}; > is for {k} pictures; !> consumes {k} images; !what goes in > is {k}",
  3: "> takes {k} images; the input > is {k}; > works on {k} images; > expects {k} input; > reads {k} pictures; images > are {k}; its input > is {k}; > is for {k} pictures; !> consumes {k} images; !what goes in > is {k}",
};
export const channelPhrases = "{k} images; {k} input; {k} pictures; {k} inputs; !{k} photos; !{k} frames";
/** Blank: the network never makes its picture smaller. */
export const neverDownsamples =
  "> never downsamples; > keeps the resolution; > does no downsampling; there > is no downsampling; > keeps the full resolution throughout; no downsampling > takes place; > preserves the input resolution; the resolution > stays the same throughout; !> leaves the resolution alone; !> never shrinks the picture";
