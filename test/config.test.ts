import { describe, expect, test } from 'vitest'
import { forgetVariables } from '../server/config.ts'

describe('the environment of a running vault', () => {
  test('holds nothing by which an SDK would choose another key, address or header, and no master key', () => {
    const environment: NodeJS.ProcessEnv = {
      ANTHROPIC_API_KEY: 'sk-ant-other',
      ANTHROPIC_AUTH_TOKEN: 'other',
      ANTHROPIC_BASE_URL: 'https://evil.example',
      ANTHROPIC_CUSTOM_HEADERS: 'x: y',
      ANTHROPIC_LOG: 'debug',
      OPENAI_API_KEY: 'sk-other',
      OPENAI_BASE_URL: 'https://evil.example',
      OPENAI_ORG_ID: 'org',
      OPENAI_LOG: 'debug',
      AWS_BEARER_TOKEN_BEDROCK: 'other',
      OWNKEY_MASTER_KEY: 'master',
      OWNKEY_MASTER_KEY_FILE: '/etc/ownkey/master.key',
      PATH: '/usr/bin',
    }
    forgetVariables(environment)
    expect(environment).toEqual({ OWNKEY_MASTER_KEY_FILE: '/etc/ownkey/master.key', PATH: '/usr/bin' })
  })
})
