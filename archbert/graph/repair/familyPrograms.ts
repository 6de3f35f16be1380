// A member of each family that programs can be proved to be of: to begin with, where one of the family is asked for.
import type { FamilyName } from "../claims/claim";
import { parse } from "../language/parse";
import type { Program } from "../language/program";

const texts: Partial<Record<FamilyName, string>> = {
  ResNet: `input 64x64x3
stem conv 64 kernel 7 stride 2
pool max kernel 3
stage 2 residual 64
stage 2 residual 128 stride 2
stage 2 residual 256 stride 2
stage 2 residual 512 stride 2
head 10`,
  ResNeXt: `input 64x64x3
stem conv 64 kernel 7 stride 2
pool max kernel 3
stage 3 bottleneck 256 expansion 2 groups 32
stage 4 bottleneck 512 stride 2 expansion 2 groups 32
stage 6 bottleneck 1024 stride 2 expansion 2 groups 32
stage 3 bottleneck 2048 stride 2 expansion 2 groups 32
head 10`,
  "Wide ResNet": `input 64x64x3
stem conv 64 kernel 7 stride 2
pool max kernel 3
stage 3 bottleneck 256 expansion 2
stage 4 bottleneck 512 stride 2 expansion 2
stage 6 bottleneck 1024 stride 2 expansion 2
stage 3 bottleneck 2048 stride 2 expansion 2
head 10`,
  VGG: `input 32x32x3
norm none
stage 2 conv 64
pool max
stage 2 conv 128
pool max
stage 3 conv 256
pool max
stage 3 conv 512
pool max
stage 3 conv 512
pool max
stage 2 mlp 4096
head 10`,
  AlexNet: `input 224x224x3
norm none
stem conv 64 kernel 11 stride 4
pool max kernel 3
stage 1 conv 192 kernel 5
pool max kernel 3
stage 1 conv 384
stage 2 conv 256
pool max kernel 3
stage 2 mlp 4096
head 10`,
  MobileNetV1: `input 64x64x3
stem conv 32 stride 2
stage 1 separable 64
stage 2 separable 128 stride 2
stage 2 separable 256 stride 2
stage 6 separable 512 stride 2
stage 2 separable 1024 stride 2
head 10`,
  MobileNetV2: `input 64x64x3
activation relu6
stem conv 32 stride 2
stage 1 inverted 16 expansion 1
stage 2 inverted 24 stride 2
stage 3 inverted 32 stride 2
stage 4 inverted 64 stride 2
stage 3 inverted 96
stage 3 inverted 160 stride 2
stage 1 inverted 320
stage 1 conv 1280 kernel 1
head 10`,
  MnasNet: `input 64x64x3
activation relu
stem conv 32 stride 2
stage 1 inverted 16 expansion 1
stage 3 inverted 24 stride 2 expansion 3
stage 3 inverted 40 kernel 5 stride 2 expansion 3
stage 3 inverted 80 kernel 5 stride 2
stage 2 inverted 96
stage 4 inverted 192 kernel 5 stride 2
stage 1 inverted 320
stage 1 conv 1280 kernel 1
head 10`,
  MobileNetV3: `input 64x64x3
activation hardSwish
stem conv 16 stride 2
stage 1 inverted 16 stride 2 expansion 1 se 4
stage 2 inverted 24 stride 2 se 4
stage 3 inverted 40 kernel 5 stride 2 se 4
stage 2 inverted 48 kernel 5 se 4
stage 3 inverted 96 kernel 5 stride 2 se 4
stage 1 conv 576 kernel 1
head 10`,
  MLP: `input 16
stage 2 mlp 32
head 10`,
};

const programs: ReadonlyMap<string, Program> = new Map(
  Object.entries(texts).map(([name, text]) => [name, parse(`${text}\n`)]),
);

/** Null where no program of the language is known to be of the family. */
export function familyProgram(name: string): Program | null {
  return programs.get(name) ?? null;
}
