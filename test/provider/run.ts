import { startSimulator } from './simulator.ts'

/** `node test/provider/run.ts [port]`: the simulator by itself, to point a vault at. */
const simulator = await startSimulator({ port: Number(process.argv[2] ?? 0) })

const mistral = simulator.compatibleUrl('mistral')

process.stdout.write(
  [
    'Simulated providers, on this machine only:',
    `  OWNKEY_ANTHROPIC_URL=${simulator.anthropicUrl}   key: sk-ant-sim-anything-000000`,
    `  OWNKEY_OPENAI_URL=${simulator.openaiUrl}   key: sk-sim-anything-000000000`,
    `  OWNKEY_BEDROCK_URL=${simulator.bedrockUrl}   key: ABSKsim-anything-0000000000`,
    `  OWNKEY_PRIVATE_HOSTS=${new URL(mistral).host}   address: ${mistral}   key: sim-compatible-anything`,
    '    and ollama, vllm, gateway, plain or claude-gateway in the place of mistral',
    '  reports of the organization: sk-ant-admin-sim-anything-000000 and sk-admin-sim-anything-000000',
    'Other keys misbehave by name, such as sk-ant-sim-no-credit-000000. Ctrl-C ends.',
    '',
  ].join('\n'),
)
