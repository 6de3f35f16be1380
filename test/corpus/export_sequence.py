"""Networks of text, sound and other sequences for the corpus, from transformers, and written after their papers.

    python -m venv venv && venv/bin/pip install torch torchvision transformers onnx onnxscript onnxruntime
    venv/bin/python test/corpus/export_sequence.py [NAME ... | --new | --words]

corpus.py says what is written and how. Made with torch 2.14.1, torchvision 0.29.1, transformers 5.24. The networks are
their authors' in structure; most are narrower and have smaller vocabularies, and some fewer blocks, so that they export
in seconds: the counts are of what is exported.
"""

import os
import tempfile

import onnx
import torch
import transformers
from torch import nn
from torchvision import models as vision

import sequence_models as own
from corpus import Network, export_torch, main

networks = {}
arxiv = "https://arxiv.org/abs/"
words = (torch.ones(1, 64, dtype=torch.long),)
pairs = (torch.ones(1, 48, dtype=torch.long), torch.ones(1, 32, dtype=torch.long))
masked = (*words, torch.ones(1, 64, dtype=torch.long))
few = (torch.ones(1, 16, dtype=torch.long),)
sound = (torch.zeros(1, 16000),)
picture = torch.zeros(1, 3, 64, 64)


class Plain(nn.Module):
    """A model of transformers that takes these inputs and returns plain tensors."""

    def __init__(self, model, names, outputs):
        super().__init__()
        self.model, self.names, self.outputs = model, names.split(), outputs.split()

    def forward(self, *inputs):
        result = self.model(**dict(zip(self.names, inputs)), return_dict=True)
        found = [result[name] for name in self.outputs if result.get(name) is not None]
        return found[0] if len(found) == 1 else tuple(found)


def configure(config, eager):
    """Attention spelled out, experts as products, no cache of keys and values, also in the parts of a model of several."""
    config._attn_implementation = "eager" if eager else None
    if hasattr(config, "num_experts_per_tok"):
        config._experts_implementation = "batched_mm"
    for part in (config, *(v for v in vars(config).values() if isinstance(v, transformers.PretrainedConfig))):
        if hasattr(part, "use_cache"):
            part.use_cache = False
    return config


def hugging(
    name, call, family, stages, paper, *, inputs=words, names="input_ids", outputs="logits last_hidden_state pooler_output",
    eager=True, exporter="optimized", sizes=None, folded=None, **options,
):  # fmt: skip
    """A model of transformers, built from its configuration."""
    said = ", ".join(f"{key}={value}" for key, value in options.items())

    def make():
        model = getattr(transformers, call)
        return Plain(model(configure(model.config_class(**options), eager)), names, outputs)

    networks[name] = Network(
        source=f"transformers {call}({said})", make=make, inputs=inputs, family=family, stages=stages,
        paper=paper, exporter=exporter, sizes=sizes, folded=folded,
    )  # fmt: skip


def plain(name, make, family, stages, paper, inputs, *, exporter="script17", source=None, folded=None):
    """A network in PyTorch's own layers."""
    said = source or f"test/corpus/sequence_models.py, {name}"
    networks[name] = Network(
        source=said, make=make, inputs=inputs, family=family, stages=stages, paper=paper, exporter=exporter,
        folded=folded,
    )  # fmt: skip


def size(blocks, **more):
    return {
        "hidden_size": 256, "num_hidden_layers": blocks, "num_attention_heads": 8, "intermediate_size": 1024,
        "vocab_size": 2000, **more,
    }  # fmt: skip


def gpt(blocks, **more):
    return {"n_embd": 256, "n_layer": blocks, "n_head": 8, "vocab_size": 2000, **more}


def bart(encoder, decoder, heads=8, **more):
    return {
        "names": "input_ids decoder_input_ids", "outputs": "logits", "d_model": 256, "encoder_layers": encoder,
        "decoder_layers": decoder, "encoder_attention_heads": heads, "decoder_attention_heads": heads,
        "encoder_ffn_dim": 1024, "decoder_ffn_dim": 1024, "vocab_size": 2000, "inputs": pairs, **more,
    }  # fmt: skip


# Encoders
bert = arxiv + "1810.04805"
hugging("bert_mlm", "BertForMaskedLM", "BERT-like", [4], bert, exporter="script17", **size(4))
hugging("bert_base", "BertModel", "BERT-like", [12], bert)
hugging("bert_classifier", "BertForSequenceClassification", "BERT-like", [4], bert, exporter="script13", **size(4))
roberta = arxiv + "1907.11692"
hugging("roberta_base_mlm", "RobertaForMaskedLM", "BERT-like", [12], roberta, exporter="script17", vocab_size=50265, max_position_embeddings=514)  # fmt: skip
hugging("roberta_tagger", "RobertaForTokenClassification", "BERT-like", [6], roberta, exporter="dynamo", **size(6))
hugging("distilbert_mlm", "DistilBertForMaskedLM", "BERT-like", [6], arxiv + "1910.01108", dim=256, n_layers=6, n_heads=8, hidden_dim=1024, vocab_size=2000)  # fmt: skip
albert = arxiv + "1909.11942"
hugging("albert_mlm", "AlbertForMaskedLM", "BERT-like", [6], albert, exporter="script17", **size(6, embedding_size=128))
hugging("albert", "AlbertModel", "BERT-like", [6], albert, **size(6, embedding_size=128))
hugging("electra", "ElectraForPreTraining", "BERT-like", [4], arxiv + "2003.10555", **size(4, embedding_size=128))
hugging("mpnet", "MPNetModel", "BERT-like", [4], arxiv + "2004.09297", exporter="script17", **size(4))
hugging("xlm_roberta", "XLMRobertaForSequenceClassification", "BERT-like", [4], arxiv + "1911.02116", exporter="script17", **size(4))  # fmt: skip
hugging("deberta_v2", "DebertaV2ForSequenceClassification", None, [3], arxiv + "2006.03654", **size(3, relative_attention=True, pos_att_type=["p2c", "c2p"], position_buckets=32, norm_rel_ebd="layer_norm", share_att_key=True))  # fmt: skip
hugging("modernbert", "ModernBertForMaskedLM", None, [6], arxiv + "2412.13663", **size(6, local_attention=16, pad_token_id=0, bos_token_id=1, eos_token_id=2, cls_token_id=1, sep_token_id=2))  # fmt: skip
hugging("esm2", "EsmForMaskedLM", None, [4], "https://doi.org/10.1126/science.ade2574", folded=33, **size(4, position_embedding_type="rotary", pad_token_id=1, mask_token_id=32, token_dropout=False))  # fmt: skip
hugging("xlnet", "XLNetModel", None, [3], arxiv + "1906.08237", folded=2560, d_model=256, n_layer=3, n_head=8, d_inner=1024, vocab_size=2000)  # fmt: skip

# Decoders
# By tracing only with a mask: without one transformers looks for packed sequences, in an op that ONNX lacks.
mask = {"names": "input_ids attention_mask", "inputs": masked, "exporter": "script17"}
gpt2 = "https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf"
hugging("gpt2_lm", "GPT2LMHeadModel", "GPT-like", [6], gpt2, **mask, **gpt(6))
hugging("gpt2_any", "GPT2LMHeadModel", "GPT-like", [6], gpt2, **{**mask, "exporter": "tokens"}, sizes={"batch": 1, "sequence": 64}, **gpt(6))  # fmt: skip
hugging("openai_gpt", "OpenAIGPTLMHeadModel", "GPT-like", [4], "https://cdn.openai.com/research-covers/language-unsupervised/language_understanding_paper.pdf", exporter="script17", **gpt(4))  # fmt: skip
hugging("gpt_neo", "GPTNeoForCausalLM", "GPT-like", [4], "https://doi.org/10.5281/zenodo.5297715", hidden_size=256, num_layers=4, num_heads=8, vocab_size=2000, attention_types=[[["global", "local"], 2]], window_size=16, max_position_embeddings=64)  # fmt: skip
hugging("gpt_neox", "GPTNeoXForCausalLM", "GPT-like", [4], arxiv + "2204.06745", **size(4))
hugging("gptj", "GPTJForCausalLM", "GPT-like", [4], "https://github.com/kingoflolz/mesh-transformer-jax", **gpt(4, rotary_dim=16))  # fmt: skip
hugging("opt", "OPTForCausalLM", "GPT-like", [4], arxiv + "2205.01068", hidden_size=256, num_hidden_layers=4, num_attention_heads=8, ffn_dim=1024, vocab_size=2000, word_embed_proj_dim=256)  # fmt: skip
hugging("bloom", "BloomForCausalLM", "GPT-like", [4], arxiv + "2211.05100", hidden_size=256, n_layer=4, n_head=8, vocab_size=2000)  # fmt: skip
hugging("falcon", "FalconForCausalLM", "GPT-like", [4], arxiv + "2311.16867", **size(4, multi_query=True, parallel_attn=True, bias=False, new_decoder_architecture=False, alibi=False))  # fmt: skip
hugging("mpt", "MptForCausalLM", "GPT-like", [4], "https://www.databricks.com/blog/mpt-7b", d_model=256, n_layers=4, n_heads=8, vocab_size=2000)  # fmt: skip
hugging("phi", "PhiForCausalLM", "GPT-like", [4], arxiv + "2309.05463", **size(4))
hugging("starcoder2", "Starcoder2ForCausalLM", "GPT-like", [4], arxiv + "2402.19173", **size(4, num_key_value_heads=2))
llama = arxiv + "2302.13971"
hugging("llama", "LlamaForCausalLM", "Llama-like", [6], arxiv + "2307.09288", **size(6, num_key_value_heads=2))
hugging("llama_traced", "LlamaForCausalLM", "Llama-like", [6], llama, **mask, **size(6))
hugging("mistral", "MistralForCausalLM", "Llama-like", [4], arxiv + "2310.06825", **size(4, num_key_value_heads=2, sliding_window=32))  # fmt: skip
hugging("qwen2", "Qwen2ForCausalLM", "Llama-like", [4], arxiv + "2407.10671", **mask, **size(4, num_key_value_heads=2, tie_word_embeddings=True))  # fmt: skip
hugging("qwen3", "Qwen3ForCausalLM", "Llama-like", [4], arxiv + "2505.09388", **size(4, num_key_value_heads=2, head_dim=32))  # fmt: skip
hugging("phi3", "Phi3ForCausalLM", "Llama-like", [4], arxiv + "2404.14219", **size(4, num_key_value_heads=4, pad_token_id=0))  # fmt: skip
hugging("smollm3", "SmolLM3ForCausalLM", "Llama-like", [4], "https://huggingface.co/blog/smollm3", exporter="dynamo", **size(4, num_key_value_heads=2, pad_token_id=0))  # fmt: skip
hugging("gemma", "GemmaForCausalLM", None, [4], arxiv + "2403.08295", **size(4, num_key_value_heads=1, head_dim=32))
hugging("gemma2", "Gemma2ForCausalLM", None, [4], arxiv + "2408.00118", **size(4, num_key_value_heads=4, head_dim=32))
hugging("olmo", "OlmoForCausalLM", None, [4], arxiv + "2402.00838", **size(4))
hugging("stablelm", "StableLmForCausalLM", None, [4], arxiv + "2402.17834", **size(4, num_key_value_heads=8))
hugging("cohere", "CohereForCausalLM", None, [4], "https://cohere.com/blog/command-r", **size(4, num_key_value_heads=8))
hugging("mixtral", "MixtralForCausalLM", None, [3], arxiv + "2401.04088", **size(3, num_key_value_heads=2, num_local_experts=4))  # fmt: skip
hugging("qwen3_moe", "Qwen3MoeForCausalLM", None, [3], arxiv + "2505.09388", **size(3, num_key_value_heads=2, num_experts=4, num_experts_per_tok=2, moe_intermediate_size=256, head_dim=32))  # fmt: skip
hugging("mamba", "MambaForCausalLM", None, None, arxiv + "2312.00752", inputs=(few[0][:, :8],), eager=False, exporter="plain17", hidden_size=128, num_hidden_layers=2, vocab_size=2000)  # fmt: skip
hugging("rwkv", "RwkvForCausalLM", None, None, arxiv + "2305.13048", inputs=(few[0][:, :8],), eager=False, exporter="plain17", hidden_size=128, num_hidden_layers=2, vocab_size=2000)  # fmt: skip

# Encoders and decoders
both = {"names": "input_ids decoder_input_ids", "outputs": "logits", "inputs": pairs}
t5_size = {**both, "d_model": 256, "d_kv": 32, "d_ff": 1024, "num_layers": 4, "num_heads": 8, "vocab_size": 2000}
t5 = arxiv + "1910.10683"
hugging("t5", "T5ForConditionalGeneration", "T5-like", [4, 4], t5, folded=512, **t5_size)
hugging("t5_traced", "T5ForConditionalGeneration", "T5-like", [4, 4], t5, exporter="script17", **t5_size)
hugging("t5_encoder", "T5EncoderModel", None, [4], t5, folded=256, **{**t5_size, "names": "input_ids", "inputs": words, "outputs": "last_hidden_state"})  # fmt: skip
hugging("mt5", "MT5ForConditionalGeneration", "T5-like", [4, 4], arxiv + "2010.11934", folded=512, **t5_size)
hugging("bart", "BartForConditionalGeneration", "BART-like", [4, 4], arxiv + "1910.13461", **bart(4, 4))
hugging("mbart", "MBartForConditionalGeneration", "BART-like", [4, 4], arxiv + "2001.08210", **bart(4, 4))
hugging("marian", "MarianMTModel", None, [4, 2], arxiv + "1804.00344", exporter="script17", folded=503808, **bart(4, 2, pad_token_id=0, decoder_start_token_id=0))  # fmt: skip
hugging("pegasus", "PegasusForConditionalGeneration", None, [4, 4], arxiv + "1912.08777", **bart(4, 4))
plain("transformer", own.Transformer, None, [3, 3], arxiv + "1706.03762", pairs, exporter="optimized")

# Sound
wav2vec = arxiv + "2006.11477"
hugging("wav2vec2_ctc", "Wav2Vec2ForCTC", "wav2vec-like", [4], wav2vec, inputs=sound, names="input_values", folded=256, **size(4, vocab_size=32))  # fmt: skip
hugging("wav2vec2", "Wav2Vec2Model", "wav2vec-like", [4], wav2vec, inputs=sound, names="input_values", outputs="last_hidden_state", exporter="script17", folded=384, **size(4))  # fmt: skip
hugging("hubert_large", "HubertModel", "wav2vec-like", [4], arxiv + "2106.07447", inputs=sound, names="input_values", folded=256, **size(4, do_stable_layer_norm=True, feat_extract_norm="layer"))  # fmt: skip
hugging("wavlm", "WavLMModel", "wav2vec-like", [3], arxiv + "2110.13900", inputs=sound, names="input_values", outputs="last_hidden_state", exporter="script17", folded=384, **size(3))  # fmt: skip
whisper = arxiv + "2212.04356"
hugging("whisper_tiny", "WhisperForConditionalGeneration", "Whisper-like", [4, 4], whisper, exporter="script17", **bart(4, 4, 6, d_model=384, encoder_ffn_dim=1536, decoder_ffn_dim=1536, vocab_size=51865, names="input_features decoder_input_ids decoder_attention_mask", inputs=(torch.zeros(1, 80, 3000), *few, *few)))  # fmt: skip
hugging("whisper", "WhisperForConditionalGeneration", "Whisper-like", [4, 4], whisper, **bart(4, 4, max_source_positions=200, pad_token_id=0, bos_token_id=1, eos_token_id=2, decoder_start_token_id=1, names="input_features decoder_input_ids", inputs=(torch.zeros(1, 80, 400), *few)))  # fmt: skip
hugging("speech2text", "Speech2TextForConditionalGeneration", None, [4, 4], arxiv + "2010.05171", exporter="script17", **bart(4, 4, 4, names="input_features decoder_input_ids", inputs=(torch.zeros(1, 200, 80), *few)))  # fmt: skip
plain("deepspeech2", own.DeepSpeech, None, None, arxiv + "1512.02595", (torch.zeros(1, 1, 160, 200),))
plain("wavenet", own.WaveNet, None, None, arxiv + "1609.03499", (torch.zeros(1, 256, 1200),), exporter="optimized", folded=4160)

# Pictures and text
parts = {
    "text_config": {"hidden_size": 128, "intermediate_size": 512, "num_hidden_layers": 3, "num_attention_heads": 4, "vocab_size": 2000},
    "vision_config": {"hidden_size": 192, "intermediate_size": 768, "num_hidden_layers": 4, "num_attention_heads": 3, "image_size": 64, "patch_size": 16},
    "projection_dim": 128, "names": "input_ids pixel_values", "outputs": "logits_per_image logits_per_text",
    "inputs": (torch.ones(1, 48, dtype=torch.long), picture),
}  # fmt: skip
clip = arxiv + "2103.00020"
hugging("clip", "CLIPModel", "CLIP-like", None, clip, folded=1, **parts)
hugging("clip_traced", "CLIPModel", "CLIP-like", None, clip, exporter="script17", **parts)
hugging("chinese_clip", "ChineseCLIPModel", "CLIP-like", None, arxiv + "2211.01335", exporter="dynamo", **parts)
siglip = {**parts, "text_config": {**parts["text_config"], "projection_size": 192}}
del siglip["projection_dim"]
hugging("siglip", "SiglipModel", "CLIP-like", None, arxiv + "2303.15343", folded=2049, **siglip)

# Recurrent
lstm = "https://doi.org/10.1162/neco.1997.9.8.1735"
gru = arxiv + "1406.1078"
plain("lstm_lm", lambda: own.Recurrent(nn.LSTM, classes=5000, last=False), "LSTM", None, lstm, words)
plain("lstm_lm_captured", lambda: own.Recurrent(nn.LSTM, classes=5000, last=False), "LSTM", None, lstm, words, exporter="optimized")  # fmt: skip
plain("lstm_forecast", own.Forecaster, "LSTM", None, lstm, (torch.zeros(1, 96, 7),))
plain("bilstm_classifier", lambda: own.Recurrent(nn.LSTM, both=True), "LSTM", None, lstm, words, exporter="script11")
plain("gru_classifier", lambda: own.Recurrent(nn.GRU, 1), "GRU", None, gru, words)
plain("seq2seq_attention", own.Seq2Seq, None, None, arxiv + "1409.0473", pairs)
plain("lstm_tagger", own.Tagger, None, None, arxiv + "1603.01354", (torch.ones(1, 20, dtype=torch.long), torch.ones(1, 20, 12, dtype=torch.long)))  # fmt: skip
plain("crnn", own.CRNN, "CRNN", None, arxiv + "1507.05717", (torch.zeros(1, 1, 32, 128),))

# Autoencoders and plain layers
plain("autoencoder", own.autoencoder, "autoencoder", None, "https://doi.org/10.1126/science.1127647", (torch.zeros(1, 784),))
plain("autoencoder_conv", own.conv_autoencoder, "autoencoder", None, "https://doi.org/10.1126/science.1127647", (torch.zeros(1, 3, 64, 64),), exporter="optimized")  # fmt: skip
plain("vae", own.VAE, "autoencoder", None, arxiv + "1312.6114", (torch.zeros(1, 784),))
plain("vae_conv", own.ConvVAE, "autoencoder", None, arxiv + "1312.6114", (torch.zeros(1, 3, 64, 64),))
plain("lstm_autoencoder", own.LstmAutoencoder, None, None, arxiv + "1502.04681", (torch.zeros(1, 50, 16),))
plain("mlp", own.digits, "MLP", None, "https://doi.org/10.1038/323533a0", (torch.zeros(1, 1, 28, 28),))
plain("mlp_norm", own.rows, "MLP", None, "https://doi.org/10.1038/323533a0", (torch.zeros(1, 54),), exporter="optimized", folded=1024)
plain("tcn", own.TCN, None, None, arxiv + "1803.01271", (torch.zeros(1, 88, 100),))
plain("transformer_series", own.SequenceEncoder, None, [4], arxiv + "1706.03762", (torch.zeros(1, 100, 12),))
plain("textcnn", own.TextCNN, None, None, arxiv + "1408.5882", words)
plain("fasttext", own.FastText, None, None, arxiv + "1607.01759", words)
plain("neural_filtering", own.Recommender, None, None, arxiv + "1708.05031", (torch.ones(1, dtype=torch.long),) * 2)

# As onnxruntime 1.32 writes them: fused by its session or by its optimizer of transformers, or quantized
hugging("bert_runtime", "BertForMaskedLM", "BERT-like", [4], bert, folded=114944, **mask, **size(4))
hugging("llama_runtime", "LlamaForCausalLM", "Llama-like", [4], llama, **mask, **size(4, num_key_value_heads=2))
hugging("llama_quantized", "LlamaForCausalLM", "Llama-like", [4], llama, **mask, **size(4, num_key_value_heads=2))
hugging("gpt2_fused", "GPT2LMHeadModel", "GPT-like", [4], gpt2, **mask, **gpt(4))
hugging("bart_fused", "BartForConditionalGeneration", "BART-like", [3, 3], arxiv + "1910.13461", exporter="script17", **bart(3, 3, names="input_ids decoder_input_ids decoder_attention_mask", inputs=(*pairs, pairs[1])))  # fmt: skip

# Moving pictures
film = (torch.zeros(1, 3, 8, 64, 64),)
plain("r3d_18", vision.video.r3d_18, None, [2, 2, 2, 2], arxiv + "1711.11248", film, source="torchvision r3d_18")
plain("r2plus1d_18", vision.video.r2plus1d_18, None, [2, 2, 2, 2], arxiv + "1711.11248", film, source="torchvision r2plus1d_18")  # fmt: skip



def session(source, target):
    """All that a session of onnxruntime fuses by itself."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath, options.intra_op_num_threads = target, 1
    onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def quantize(source, target):
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(source, target, weight_type=QuantType.QInt8)


def fuse(kind):
    def run(source, target):
        from onnxruntime.transformers import optimizer

        optimizer.optimize_model(source, kind, num_heads=8, hidden_size=256, opt_level=0).save_model_to_file(target)

    return run


#: What is done to a file after its export, and how that is called.
after = {
    "bert_runtime": (session, "optimized by onnxruntime"),
    "llama_runtime": (session, "optimized by onnxruntime"),
    "llama_quantized": (quantize, "quantized to 8 bits by onnxruntime"),
    "gpt2_fused": (fuse("gpt2"), "fused by onnxruntime.transformers"),
    "bart_fused": (fuse("bart"), "fused by onnxruntime.transformers"),
}


def export(network):
    model, counts = export_torch(network)
    name = next(name for name, item in networks.items() if item is network)
    if name not in after:
        return model, counts
    change, told = after[name]
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "a.onnx"), os.path.join(folder, "b.onnx")
        onnx.save(model, source)
        change(source, target)
        return onnx.load(target), {**counts, "exporter": f"{counts['exporter']}, {told}"}


if __name__ == "__main__":
    main("sequence", networks, export)
