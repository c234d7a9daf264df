/** Given, when, then: a reducer's specification, run on the real engine. */
export { scenario, type Scenario, type ScenarioMessage, type ScenarioOptions, type Then } from './scenario.ts'
