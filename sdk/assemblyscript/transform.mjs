/** An asc transform: AssemblyScript cannot spell the export names of a component interface, so they are given after compiling. */
import { Transform } from 'assemblyscript/transform'

const EXPORTS = ['describe', 'init', 'reduce']

// oxlint-disable-next-line import/no-default-export -- asc loads a transform by its default export
export default class ReducerExports extends Transform {
  afterCompile(module) {
    for (const name of EXPORTS) {
      const found = module.getExport(name)
      if (found === 0) throw new Error(`the entry file does not export ${name}: export it from '@foldb/assemblyscript/assembly'`)
      module.addFunctionExport(this.binaryen.getExportInfo(found).value, `foldb:reducer/reducer@0.1.0#${name}`)
      module.removeExport(name)
    }
  }
}
