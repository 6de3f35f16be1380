// What practitioners call the numbers of networks, and in what sentences they say them. `!` marks the test wordings.
import type { Quantity } from "../../../archbert/graph";

export interface QuantityWords {
  /** Patterns of noun phrases that one has: {N} is the number with its relation ("fewer than 30k"). */
  has?: string;
  /** Noun phrases for the number itself: "the parameter count", without article. */
  name: string;
  /** Own sentences: "subject > verb rest", {N} as above; no subject means the network. */
  full?: string;
  /** Before "network", only for equality: {n} is the bare number. */
  before?: string;
  /** Questions of their own, besides those made of `has` ("how many") and `name` ("what is the"). */
  ask?: string;
  /** Nouns after "how many". */
  many?: string;
}

/** {S} is "the third stage" and the like; {P} a size such as 7x7 for kernels. */
export const quantityWords: Readonly<Record<Quantity, QuantityWords>> = {
  parameters: {
    has: "{N} parameters; {N} params; {N} weights; {N} learnable parameters; {N} trainable parameters; {N} trainable weights; a parameter count of {N}; {N} parameters in total; a total of {N} parameters; a parameter budget of {N}; {N} params total; !{N} learned weights; !{N} learnable weights; !a total parameter count of {N}",
    name: "parameter count; number of parameters; number of weights; param count; total parameter count; number of trainable parameters; number of learnable parameters; count of parameters; model size in parameters; parameter total; #params; !total number of weights; !tally of parameters; !quantity of parameters",
    full: "the parameters > number {N}; > weighs in at {N} parameters; > comes in at {N} parameters; > is made of {N} parameters; its parameters > add up to {N}; > totals {N} parameters; there > are {N} parameters; there > are {N} weights to learn; > needs {N} parameters; !> counts {N} parameters; !its weights > amount to {N}; !> gets by on {N} parameters",
    before: "{n}-parameter; {n}-param; {n} parameter; !{n}-weight",
    many: "parameters; weights; trainable parameters; params; learnable parameters; parameters in total; trainable weights; learned parameters; !learnable weights; !weights to train",
    ask: "how big is it in parameters; how large is the model in terms of parameters; parameters; params; param count; what's the size in parameters; how heavy is it in parameters; !what parameter count does it reach; !how many weights must be learned",
  },
  multiplyAdds: {
    has: "{N} multiply-adds; {N} MACs; {N} multiply-accumulates; {N} multiply-add operations; a cost of {N} MACs; a compute cost of {N} multiply-adds; {N} mult-adds; {N} MACs per image; {N} multiply-accumulate operations; a budget of {N} MACs; !{N} MACs per forward pass; !{N} multiply-accumulates a pass",
    name: "number of multiply-adds; MAC count; number of MACs; multiply-accumulate count; compute cost in multiply-adds; number of multiply-accumulate operations; MACs; mult-adds; cost in MACs; !count of multiply-adds; !total of multiply-accumulates",
    full: "> costs {N} multiply-adds; > needs {N} MACs; > takes {N} multiply-adds per inference; one forward pass > costs {N} MACs; inference > takes {N} multiply-accumulates; > requires {N} multiply-adds; > performs {N} multiply-adds per input; > uses {N} MACs; a pass > takes {N} mult-adds; !a single pass > needs {N} multiply-adds; !> burns {N} MACs",
    many: "multiply-adds; MACs; multiply-accumulates; mult-adds; multiply-add operations; multiply-accumulate operations; MACs per inference; !multiply-adds per pass; !MAC operations",
    ask: "how expensive is it in MACs; what does a forward pass cost in multiply-adds; compute cost in MACs; MACs; how much compute does one inference take in MACs; !what is the price of a pass in multiply-adds",
  },
  bytes: {
    has: "a size of {N}; {N} of weights; weights of {N}; a memory footprint of {N}; a footprint of {N}; a file size of {N}; {N} of parameters; a weight size of {N}; !a storage size of {N}; !a model file of {N}",
    name: "size in bytes; memory footprint; size of the weights; weight size; model size; size of the model in memory; file size; size on disk; storage size; !number of bytes of the weights; !memory taken by the weights",
    full: "> takes {N}; > occupies {N}; > needs {N} of memory for its weights; the weights > take {N}; its weights > occupy {N}; > takes up {N} of storage; > weighs {N}; the weights > need {N} in float32; > requires {N} of storage; !the parameters > fill {N}; !> consumes {N} of disk space",
    ask: "how many bytes do the weights take; how much memory do the weights need; how large is it on disk; how many bytes is it; how big are the weights in bytes; how much storage does it need; how many megabytes does it weigh; !how many bytes would it fill; !how much space do the weights occupy",
  },
  depth: {
    has: "a depth of {N}; {N} layers; {N} weight layers; {N} layers with weights; {N} weighted layers; {N} layers on its longest path; a depth of {N} layers; !{N} layers of depth; !{N} parametric layers",
    name: "depth; number of weight layers; number of layers; layer count; depth in layers; depth of the network; longest path in layers; !count of weighted layers; !length of the longest path",
    full: "> is {N} layers deep; > stacks {N} weight layers; > goes {N} layers deep; its longest path > has {N} weight layers; > is {N} weight layers deep; its depth > comes to {N}; !> runs {N} layers deep; !> reaches a depth of {N}",
    before: "{n}-layer; {n}-layer-deep; {n}-layers-deep; !{n}-deep",
    many: "layers; weight layers; layers with weights; layers deep; weighted layers; !parametric layers; !layers along its longest path",
    ask: "how deep is it; how deep is the network; depth; what's its depth; how many layers deep is it; how many layers does it have; !how deep does it go; !how long is its longest path in weight layers",
  },
  ops: {
    has: "{N} operations; {N} ops; {N} nodes; {N} nodes in its graph; {N} graph nodes; {N} operators; a graph of {N} nodes; !{N} operations in the graph; !{N} operator nodes",
    name: "number of operations; number of nodes; op count; node count; number of ops; number of graph nodes; operator count; size of the graph in nodes; !count of operations; !total of graph nodes",
    full: "its graph > has {N} nodes; the graph > contains {N} operations; the computation graph > consists of {N} nodes; there > are {N} ops; > is built from {N} operations; !the graph > holds {N} operators",
    many: "operations; ops; nodes; graph nodes; operators; nodes in the graph; operations in its graph; !op nodes; !operator nodes",
    ask: "how large is the graph in nodes; ops; how many nodes are in the computation graph; !what is the graph's size in operations",
  },
  stages: {
    has: "{N} stages; {N} stages of blocks; {N} stages in total; {N} resolution stages; !{N} successive stages; !a sequence of {N} stages",
    name: "number of stages; stage count; count of stages; !total of stages; !quantity of stages",
    full: "> is organized in {N} stages; > consists of {N} stages; > has its blocks in {N} stages; there > are {N} stages; > is divided into {N} stages; its body > has {N} stages; > is split into {N} stages; the blocks > form {N} stages; !its blocks > are grouped into {N} stages; !the body > comes in {N} stages",
    before: "{n}-stage; !{n}-staged",
    many: "stages; stages of blocks; !distinct stages",
    ask: "into how many stages is it divided; stages; in how many stages are the blocks arranged; !how many stages are its blocks split into",
  },
  blocks: {
    has: "{N} blocks; {N} blocks in total; {N} blocks overall; {N} building blocks; a total of {N} blocks; !{N} blocks across all stages; !{N} stacked blocks",
    name: "number of blocks; block count; total number of blocks; count of blocks; number of building blocks; !sum of the blocks; !total block count",
    full: "there > are {N} blocks; > stacks {N} blocks; > consists of {N} blocks; its stages > hold {N} blocks in total; > is built from {N} blocks; > repeats {N} blocks in all; !the stages together > count {N} blocks; !> piles up {N} blocks",
    before: "{n}-block; !{n}-blocks",
    many: "blocks; blocks in total; building blocks; blocks overall; !blocks altogether; !blocks in all stages",
    ask: "how many blocks are there over all stages; blocks; !how many blocks do the stages sum to",
  },
  widest: {
    has: "a maximum width of {N}; a widest layer of {N}; {N} channels at its widest; a peak width of {N}; a maximal width of {N} channels; a largest width of {N}; !a top width of {N}; !{N} channels at the widest point",
    name: "widest layer; maximum width; largest number of channels; peak width; maximum number of channels; largest width; width of the widest layer; !greatest width; !channel maximum",
    full: "its widest layer > has {N} channels; the widest layer > has {N} channels; > is {N} channels wide at its widest; the widest layer > is {N} wide; the width > peaks at {N}; the largest layer > is {N} channels wide; !its channels > top out at {N}; !the broadest layer > has {N} channels",
    ask: "how wide is the widest layer; what is the largest channel count; how many channels has the widest layer; how wide does it get; max width; !how broad is it at its broadest; !to what width does it grow at most",
  },
  largestKernel: {
    has: "a largest kernel of {P}; kernels up to {P=}; a maximum kernel size of {P}; a biggest filter of {P}; !a top kernel size of {P}",
    name: "largest kernel; largest kernel size; maximum kernel size; biggest filter; biggest kernel; largest convolution kernel; !greatest kernel; !widest filter size",
    full: "its largest kernel > is {P}; the largest kernel > is {P}; the biggest filters > are {P}; kernels > go up to {P=}; the largest convolution kernel > measures {P}; !its biggest kernel > spans {P}; !filters > get as large as {P=}",
    ask: "how large is the largest kernel; what size are the biggest kernels; max kernel size; how big is its biggest filter; !how large do kernels get",
  },
  smallestKernel: {
    has: "a smallest kernel of {P}; a minimum kernel size of {P}; !a least kernel size of {P}",
    name: "smallest kernel; smallest kernel size; minimum kernel size; smallest filter; smallest convolution kernel; !least kernel; !tiniest filter size",
    full: "its smallest kernel > is {P}; the smallest kernel > is {P}; the smallest filters > are {P}; the smallest convolution kernel > measures {P}; !its tiniest kernel > spans {P}",
    ask: "how small is the smallest kernel; what size are the smallest kernels; min kernel size; !how small do kernels get",
  },
  stemKernel: {
    has: "a {P} stem; a stem kernel of {P}; a {P} first convolution; a {P} stem convolution; a first convolution with {P} kernel; a {P} first layer; !a stem with {P} filters; !an opening {P} convolution",
    name: "stem kernel; stem kernel size; kernel size of the stem; kernel of the first convolution; kernel size of the first layer; kernel of the stem convolution; !first kernel size; !filter size of the stem",
    full: "the stem > is a {P} convolution; the stem > uses {P} kernels; the first convolution > is {P}; > starts with a {P} convolution; > begins with a {P} conv; its first convolution > has a {P} kernel; its stem > has a {P} kernel; the first layer > uses a {P} kernel; > opens with {P} filters; !the initial convolution > is {P}; !> kicks off with a {P} convolution",
    ask: "how large is the kernel of the first convolution; what kernel does the stem use; which kernel size has the first convolution; how large is the stem's kernel; !with which filter size does it start",
  },
  stemStride: {
    has: "a stem stride of {N}; a stride of {N} in the stem; a stride-{n=} stem; a first convolution with stride {n=}; !a first stride of {N}",
    name: "stem stride; stride of the stem; stride of the first convolution; stride of the first layer; stride in the stem; !first stride; !initial stride",
    full: "the stem > has a stride of {N}; the first convolution > has stride {N}; the stem > uses stride {N}; the stem > strides by {N}; the first convolution > uses a stride of {N}; its first layer > strides by {N}; !the initial convolution > steps by {N}; !the stem > moves in steps of {N}",
    ask: "which stride does the stem use; what stride has the first convolution; by how much does the stem stride; with what stride does the first convolution run; !what step does the first convolution take",
  },
  stemWidth: {
    has: "a stem of {N} channels; {N} channels in the stem; {N} filters in its first layer; a stem width of {N}; {N} stem channels; {N} filters in the first convolution; !a first layer of {N} filters",
    name: "stem width; width of the stem; number of stem channels; number of filters in the first convolution; number of channels after the stem; width of the first convolution; !channel count of the stem; !first layer's filter count",
    full: "the stem > has {N} channels; the stem > is {N} channels wide; the first convolution > has {N} filters; its first layer > outputs {N} channels; the stem > produces {N} channels; the first convolution > gives {N} feature maps; the stem > puts out {N} channels; !the initial convolution > yields {N} channels; !the stem > makes {N} feature maps",
    ask: "how wide is the stem; how many channels does the stem have; how many filters are in the first convolution; how many channels come out of the stem; how many feature maps does the first layer give; !how many channels does the initial convolution yield",
  },
  heads: {
    has: "{N} attention heads; {N} heads; {N} heads per attention layer; {N} attention heads per layer; {N} heads in each attention layer; !{N} heads of attention; !{N} parallel attention heads",
    name: "number of attention heads; number of heads; head count; attention head count; heads per layer; count of attention heads; !quantity of attention heads; !heads in each block",
    full: "each attention layer > has {N} heads; the attention > uses {N} heads; its attention > has {N} heads; attention > is split over {N} heads; there > are {N} attention heads; the self-attention > uses {N} heads; every transformer block > has {N} heads; !attention > runs over {N} heads; !its attention layers > work with {N} heads",
    before: "{n}-head; {n}-headed",
    many: "attention heads; heads; heads per attention layer; heads does the attention; !heads of attention; !parallel heads",
    ask: "how many heads does attention use; over how many heads does it attend; heads; how many heads has each transformer block; !into how many heads is attention split",
  },
  downsampling: {
    has: "a total stride of {N}; a downsampling factor of {N}; an overall stride of {N}; an output stride of {N}; a total downsampling of {N}; a {n=}x downsampling; !a reduction factor of {N}; !{n=}-fold downsampling",
    name: "total stride; downsampling factor; overall stride; total downsampling; output stride; overall downsampling factor; factor by which the resolution shrinks; !reduction factor; !spatial reduction",
    full: "> downsamples by a factor of {N}; > shrinks the resolution {N} times; the resolution > is reduced by a factor of {N}; > downsamples the input {N} times; > reduces the resolution by {N}; the image > is downsampled by a factor of {N}; !the picture > gets {N} times smaller; !the feature maps > shrink by a factor of {N}",
    ask: "by what factor does it downsample; by how much is the resolution reduced; how much does it downsample; by which factor does the image shrink; how strongly does it downsample; !how many times smaller does the picture get",
  },
  classes: {
    has: "{N} classes; {N} output classes; {N} outputs; {N} categories; {N} output units; {N} output neurons; {N} logits; {N} labels; {N} target classes; a head of {N} classes; !{N} output categories; !a final layer of {N} units",
    name: "number of classes; class count; number of output classes; number of outputs; number of categories; number of logits; output size; number of labels; !quantity of classes; !size of the output layer",
    full: "> predicts {N} classes; > distinguishes {N} classes; > classifies into {N} classes; > outputs {N} classes; > tells {N} classes apart; > sorts images into {N} categories; > outputs {N} logits; there > are {N} output classes; the head > has {N} outputs; > is a classifier for {N} classes; the classifier > has {N} outputs; > recognizes {N} classes; > separates {N} categories; !its final layer > has {N} units; !> discriminates {N} classes; !> can name {N} categories",
    before: "{n}-class; {n}-way; {n}-category; {n}-output; !{n}-label",
    many: "classes; output classes; categories; outputs; logits; labels; output units; !output categories; !different labels",
    ask: "how many classes can it tell apart; into how many classes does it classify; how many categories does it predict; number of classes; how many classes does it predict; how many different labels can it output; number of outputs; classes; !how many kinds of things can it distinguish; !among how many labels does it choose",
  },
  inputHeight: {
    has: "an input height of {N}; inputs {N} pixels high; an input height of {N} pixels; images {N} pixels tall; !pictures {N} pixels high",
    name: "input height; height of the input; image height; height of the input image; height of the input in pixels; !picture height; !vertical input size",
    full: "the input > is {N} pixels high; its input > is {N} pixels tall; input images > are {N} pixels high; images > are {N} pixels tall; !the picture > measures {N} pixels from top to bottom",
    ask: "how tall are the input images; how high is the input; how many pixels high is the input; !how many rows of pixels does the input have",
  },
  inputWidth: {
    has: "an input width of {N}; inputs {N} pixels wide; an input width of {N} pixels; images {N} pixels wide; !pictures {N} pixels across",
    name: "input width; width of the input; image width; width of the input image; width of the input in pixels; !picture width; !horizontal input size",
    full: "the input > is {N} pixels wide; its input > is {N} pixels wide; input images > are {N} pixels wide; images > are {N} pixels in width; !the picture > measures {N} pixels from side to side",
    ask: "how wide are the input images; how wide is the input; how many pixels wide is the input; !how many columns of pixels does the input have",
  },
  inputChannels: {
    has: "{N} input channels; inputs of {N} channels; {N}-channel input; images of {N} channels; !pictures of {N} channels; !{N} channels at the input",
    name: "number of input channels; input channel count; number of channels of the input; channels of the input image; input channels; !channel depth of the input; !number of image channels",
    full: "the input > has {N} channels; its input > has {N} channels; > takes {N}-channel images; > expects {N} input channels; input images > have {N} channels; > reads {N}-channel images; !the picture > comes in {N} channels; !> consumes {N}-channel pictures",
    many: "input channels; channels in the input; channels of input; !image channels",
    ask: "how many channels does the input have; how many channels do its input images have; input channels; how many colour channels does it take; !how many channels come in",
  },
  inputFeatures: {
    has: "{N} input features; {N} features as input; inputs of {N} features; an input of {N} features; {N} input columns; {N} input variables; a {n=}-dimensional input; !{N} features at the input; !{N} predictors",
    name: "number of input features; input dimension; input size; input feature count; number of features; number of input columns; dimensionality of the input; !feature dimension of the input; !width of the input vector",
    full: "> takes {N} features; the input > has {N} features; > takes a vector of {N} features; > expects {N} input features; > reads {N} features; its input > is a vector of {N} numbers; > is fed {N} features; > works on {N} columns; !the input vector > has {N} entries; !> consumes {N} numbers per example",
    many: "input features; features; features as input; input columns; input variables; !predictors; !entries in the input vector",
    ask: "how many features does it take; how many columns does it expect; how long is the input vector; input features; how many inputs does it take; !how many numbers go in per example",
  },
  stageWidth: {
    has: "{N} channels in {S}; a width of {N} in {S}; {N} features in {S}; {N} channels at {S}; !{N} feature maps in {S}; !{N} channels across {S}",
    name: "width of {S}; number of channels in {S}; channel count of {S}; number of channels of {S}; width at {S}; !feature count of {S}; !number of feature maps in {S}",
    full: "{S} > is {N} channels wide; {S} > has {N} channels; {S} > has a width of {N}; {S} > has {N} features; {S} > is {N} wide; the width of {S} > is {N}; {S} > outputs {N} channels; {S} > works with {N} channels; !{S} > carries {N} channels; !{S} > spans {N} channels",
    ask: "how wide is {S}; how many channels does {S} have; how many channels are in {S}; how many channels come out of {S}; what width does {S} have; width of {S}; !how many feature maps has {S}; !how broad is {S}",
  },
  stageBlocks: {
    has: "{N} blocks in {S}; {N} blocks at {S}; {N} repeats in {S}; !{N} units in {S}; !{N} repetitions in {S}",
    name: "number of blocks in {S}; block count of {S}; number of repeats in {S}; depth of {S} in blocks; !count of blocks in {S}; !size of {S} in blocks",
    full: "{S} > has {N} blocks; {S} > repeats {N} blocks; {S} > contains {N} blocks; {S} > consists of {N} blocks; {S} > is made of {N} blocks; there > are {N} blocks in {S}; {S} > stacks {N} blocks; !{S} > holds {N} blocks; !{S} > comprises {N} blocks",
    ask: "how many blocks does {S} have; how many blocks are in {S}; how many times does {S} repeat its block; how many blocks are stacked in {S}; !how many blocks make up {S}; !how long is {S} in blocks",
  },
};

/** Before a number: {n} is the number. */
export const relationBefore = {
  "<": "fewer than {n}; less than {n}; under {n}; below {n}; strictly less than {n}; !not as many as {n}; !short of {n}",
  "<=": "at most {n}; no more than {n}; up to {n}; not more than {n}; a maximum of {n}; {n} or fewer; max {n}; {n} at most; maximum {n}; {n} or less; !{n} at the most; !not over {n}; !{n} tops",
  "=": "{n}; {n}; {n}; {n}; {n}; exactly {n}; precisely {n}; just {n}; !exactly {n}; !{n}; !{n}",
  ">=": "at least {n}; no fewer than {n}; no less than {n}; not less than {n}; a minimum of {n}; {n} or more; min {n}; {n} at least; not fewer than {n}; !{n} at the least; !{n} and up",
  ">": "more than {n}; over {n}; above {n}; greater than {n}; in excess of {n}; upwards of {n}; !beyond {n}; !strictly more than {n}",
  "~": "about {n}; around {n}; roughly {n}; approximately {n}; some {n}; ~{n}; approx. {n}; circa {n}; close to {n}; ca. {n}; {n} or so; !give or take {n}; !in the region of {n}; !approx {n}",
} as const;

/** After "the parameter count is". */
export const relationAfter = {
  "<": "is below {n}; is under {n}; is less than {n}; is smaller than {n}; is lower than {n}; stays under {n}; stays below {n}; remains below {n}; is < {n}; !keeps under {n}; !falls short of {n}",
  "<=": "is at most {n}; is no more than {n}; is capped at {n}; is {n} or less; is not above {n}; goes up to {n}; is no larger than {n}; is no greater than {n}; is limited to {n}; is <= {n}; !maxes out at {n}; !never goes over {n}",
  "=": "is {n}; equals {n}; is exactly {n}; is equal to {n}; is {n}; is {n}; amounts to {n}; !comes to {n}; !stands at {n}",
  ">=": "is at least {n}; is no less than {n}; is {n} or more; is not below {n}; reaches at least {n}; is no smaller than {n}; is >= {n}; !is {n} or higher; !starts from {n}",
  ">": "is above {n}; is over {n}; exceeds {n}; is more than {n}; is greater than {n}; is larger than {n}; is higher than {n}; tops {n}; surpasses {n}; is > {n}; !goes beyond {n}; !passes {n}",
  "~": "is about {n}; is around {n}; is roughly {n}; is approximately {n}; is close to {n}; is nearly {n}; is some {n}; !hovers around {n}; !lies near {n}",
} as const;

export const relationSigns = { "<": "<", "<=": "<=", "=": "=", ">=": ">=", ">": ">", "~": "~" } as const;
