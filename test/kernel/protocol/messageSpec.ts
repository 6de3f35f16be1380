// The Jupyter messaging protocol, version 5.4, as schemas that every message of the kernel must satisfy.
import { z } from "zod";

const object = z.record(z.string(), z.unknown());
const count = z.number().int().min(0);
const mimeBundle = z.object({ data: object, metadata: object });
const transient = z.object({ display_id: z.string().optional() });
const failure = { ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) };

const header = z.strictObject({
  msg_id: z.string().min(1),
  session: z.string().min(1),
  username: z.string(),
  date: z.iso.datetime(),
  msg_type: z.string().min(1),
  version: z.literal("5.4"),
});

const error = z.object({ status: z.literal("error"), ...failure });
const aborted = z.strictObject({ status: z.literal("aborted") });
const ok = <T extends z.ZodRawShape>(shape: T) => z.strictObject({ status: z.literal("ok"), ...shape });
const userExpression = z.union([ok({ data: object, metadata: object }), error]);

/** Message type to its content. */
export const contents: Record<string, z.ZodType> = {
  kernel_info_reply: ok({
    protocol_version: z.literal("5.4"),
    implementation: z.string(),
    implementation_version: z.string().regex(/^\d+\.\d+\.\d+/),
    language_info: z.object({
      name: z.literal("typescript"),
      version: z.string().regex(/^\d+\.\d+/),
      mimetype: z.string(),
      file_extension: z.literal(".ts"),
    }),
    banner: z.string(),
    debugger: z.boolean(),
    supported_features: z.array(z.string()),
    help_links: z.array(z.object({ text: z.string(), url: z.url() })),
  }),
  connect_reply: ok({
    shell_port: count,
    iopub_port: count,
    stdin_port: count,
    control_port: count,
    hb_port: count,
  }),
  execute_reply: z.union([
    ok({
      execution_count: count,
      payload: z.array(object),
      user_expressions: z.record(z.string(), userExpression),
    }),
    error.extend({ execution_count: count }),
    aborted,
  ]),
  complete_reply: z.union([
    ok({ matches: z.array(z.string()), cursor_start: count, cursor_end: count, metadata: object }),
    error,
  ]),
  inspect_reply: z.union([ok({ found: z.boolean(), data: object, metadata: object }), error]),
  is_complete_reply: z.union([
    z.strictObject({ status: z.literal("incomplete"), indent: z.string() }),
    z.strictObject({ status: z.enum(["complete", "invalid", "unknown"]) }),
  ]),
  history_reply: ok({
    history: z.array(
      z.tuple([count, count, z.union([z.string(), z.tuple([z.string(), z.string().nullable()])])]),
    ),
  }),
  comm_info_reply: ok({ comms: z.record(z.string(), z.strictObject({ target_name: z.string() })) }),
  interrupt_reply: ok({}),
  shutdown_reply: ok({ restart: z.boolean() }),
  usage_reply: object,
  debug_reply: error,
  create_subshell_reply: error,
  delete_subshell_reply: error,
  list_subshell_reply: error,
  input_request: z.strictObject({ prompt: z.string(), password: z.boolean() }),
  status: z.strictObject({ execution_state: z.enum(["busy", "idle", "starting"]) }),
  iopub_welcome: z.strictObject({ subscription: z.string() }),
  stream: z.strictObject({ name: z.enum(["stdout", "stderr"]), text: z.string().min(1) }),
  execute_input: z.strictObject({ code: z.string(), execution_count: count }),
  execute_result: mimeBundle.extend({ execution_count: count }),
  display_data: mimeBundle.extend({ transient }),
  update_display_data: mimeBundle.extend({ transient: z.object({ display_id: z.string() }) }),
  error: z.strictObject(failure),
  clear_output: z.strictObject({ wait: z.boolean() }),
  comm_open: z.object({ comm_id: z.string(), target_name: z.string(), data: object }),
  comm_msg: z.object({ comm_id: z.string(), data: object }),
  comm_close: z.object({ comm_id: z.string(), data: object }),
};

/** @throws when a message is not one of protocol 5.4 */
export function checkMessage(message: { header: unknown; content: Record<string, unknown> }): void {
  const { msg_type: type } = header.parse(message.header);
  const schema = contents[type];
  if (!schema) throw new Error(`"${type}" is no message of the protocol`);
  const result = schema.safeParse(message.content);
  if (!result.success) {
    throw new Error(
      `${type}: ${z.prettifyError(result.error)}\n${JSON.stringify(message.content).slice(0, 500)}`,
    );
  }
}
