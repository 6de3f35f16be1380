// The frames that claims are put into, and what stands around them. `!` marks the test wordings.

/** Who it is said of. */
export const subjects =
  "the network; this network; it; it; it; the model; this model; the net; the architecture; this architecture; this one; the given network; the neural network; this net; our model; this design; the design; !the architecture at hand; !the network shown; !this neural net; !the model here";

/** The second time. */
export const again = "it; it; it; the network; the model; !the net itself; !it";

/** Head nouns of noun phrases. */
export const nouns =
  "network; net; model; architecture; neural network; design; classifier; neural net; !neural model; !deep net";

/** Openers of statements that are noun phrases: "it is a small network with…". */
export const openers =
  "it is; it's; this is; the network is; the model is; this network is; ; ; we have; that's; this model is; here is; what we see is; the architecture is; !here we have; !what you see is; !the thing is; !looks like";

/** Around a statement, with no meaning. */
export const statementPrefixes =
  "i think; as far as i can tell,; it seems that; i believe; i'm fairly sure; clearly,; note that; in this design,; overall,; apparently,; in short,; to my knowledge,; as you can see,; we know that; it appears that; here,; i would say; well,; my claim:; claim:; true or false:; fact:; !from what i see,; !if i read it right,; !one can say that; !i guess";
export const statementSuffixes =
  "i think; as far as i can tell; i believe; overall; right; in total; if i'm not mistaken; i guess; as it seems; !if i read it right; !or so it seems";

/** Around {s}, a whole positive sentence, that turn it into its contrary. */
export const denials =
  "it is false that {s}; it's not true that {s}; it is not the case that {s}; it is not true that {s}; it isn't true that {s}; i don't think {s}; no way {s}; i doubt that {s}; it's false that {s}; it is wrong that {s}; it isn't the case that {s}; there is no way that {s}; {s}? no; !it would be wrong to say that {s}; !it's untrue that {s}; !nobody can say that {s}; !it is incorrect that {s}";
/** And that leave it. */
export const affirmations =
  "it is true that {s}; it's true that {s}; it is the case that {s}; indeed {s}; i'm sure that {s}; it is correct that {s}; yes, {s}; !it holds that {s}; !truly, {s}; !it's a fact that {s}";

/** Between clauses. */
export const joins =
  ", and |, and |, |, | and | while | and also |, and also | but |; |. |!, moreover |! and in addition |! whereas ";

export const wishes =
  "give me {x}; i need {x}; i want {x}; design {x}; build {x}; make {x}; {x}; {x}; {x}; create {x}; generate {x}; please build {x}; could you make {x}; we need {x}; i'd like {x}; find {x}; propose {x}; show me {x}; looking for {x}; can you design {x}; something like {x}; suggest {x}; i am looking for {x}; let's have {x}; come up with {x}; search for {x}; !sketch {x}; !what about {x}; !would you draft {x}; !i could use {x}; !get me {x}; !set up {x}";

/** The head of a wish that says no kind. */
export const wishNouns =
  "network; net; model; architecture; classifier; neural network; something; one; image classifier; neural net; design; !neural model; !candidate; !solution";

/** What for: ignored, for nobody can check it. */
export const purposes =
  "for handwritten digits; for my phone; for a phone; running on a microcontroller; for a microcontroller; for medical images; for satellite pictures; for face recognition; for flowers; for traffic signs; for the Raspberry Pi; that is accurate; that trains fast; for a Kaggle competition; for edge devices; for my thesis; for mobile; for the browser; for anomaly detection; for an embedded device; that generalizes well; for x-rays; for classifying birds; to classify galaxies; for real-time use; for clothing images; that is easy to train; for noisy sensor data; for speech commands; for spectrograms; for tabular data; for churn prediction; for credit scoring; for digits; with good accuracy; for CIFAR; for MNIST; !for a drone; !to sort waste; !for plankton images; !that runs on a watch; !for a toy project; !with decent accuracy; !for street view numbers";

/** Before a wish's noun: ignored too. */
export const praise =
  "good; accurate; nice; simple; modern; fast; efficient; robust; elegant; reasonable; standard; state-of-the-art; decent; !solid; !sensible; !neat";

export const wishTails =
  "please; thanks; if possible; thank you; asap; ideally; preferably; !kindly; !if you can; !cheers";

/** Clauses of wishes after the noun phrase: {p} is a predicate in its base form. */
export const wishShould =
  "it should {p}; it must {p}; it has to {p}; make sure it {ps}; it needs to {p}; ensure it {ps}; the network should {p}; that should {p}; which should {p}; please have it {p}; it ought to {p}; the model must {p}; !see to it that it {ps}; !it shall {p}; !i insist that it {ps}";

/** Yes or no, around a sentence {s} or its inversion {i}. */
export const whether =
  "{i}; {i}; {i}; {i}; {i}; {i}; tell me whether {s}; tell me if {s}; is it true that {s}; is it the case that {s}; {s}, right; {s}; can you tell whether {s}; check whether {s}; do you know if {s}; i wonder if {s}; is it correct that {s}; would you say that {s}; {s}, correct; do you think {s}; so {s}; !please verify that {s}; !can one say that {s}; !am i right that {s}; !find out if {s}; !{s}, yes or no; !say whether {s}";

/** Around {q}, a noun phrase for a number ("number of stages"). */
export const askName =
  "what is the {q}; what's the {q}; {q}; tell me the {q}; what is its {q}; the {q}; give me the {q}; give the {q}; what is the {q} of {it}; do you know the {q}; show the {q}; find the {q}; what would be the {q}; can you tell me the {q}; report the {q}; what {q} does it have; i'd like to know the {q}; state the {q}; !name the {q}; !what might the {q} be; !say what the {q} is; !i am curious about the {q}; !please compute the {q}";

/** Around {m}, a plural ("stages"). */
export const askMany =
  "how many {m} does {it} have; how many {m} are there; how many {m} are in {it}; how many {m}; what is the number of {m}; count the {m}; number of {m}; tell me how many {m} there are; tell me how many {m} it has; how many {m} has {it}; how many {m} does {it} use; what number of {m} does it have; {m}: how many; how many {m} does {it} contain; give the number of {m}; how many {m} can you find; what's the number of {m} in {it}; can you count the {m}; how many {m} in total; do you know how many {m} it has; how many {m} are used; what is the count of {m}; !how many {m} make up {it}; !work out how many {m} it has; !say how many {m} there are; !the number of {m} please; !how many {m} do you see; !what amount of {m} is there";

/** {it} in questions. */
export const askedOf =
  "it; the network; this network; the model; this model; it; the net; the architecture; this; !this neural net; !the thing";
export const questionPrefixes =
  "please,; hey,; i wonder,; quick question:; tell me,; question:; so; ok,; and; just curious,; !one thing:; !may i ask,; !sorry,";
export const questionSuffixes =
  "please; exactly; in total; here; in this network; in the model; overall; thanks; !by the way; !would you say";
