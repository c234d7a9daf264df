/// The host's functions as the canonical ABI spells them: one pointer and one length for each text or list, results through `ret`.
@external("foldb:reducer/tables@0.1.0", "get")
export declare function tablesGet(table: usize, tableLength: usize, key: usize, keyLength: usize, ret: usize): void

@external("foldb:reducer/tables@0.1.0", "insert")
export declare function tablesInsert(table: usize, tableLength: usize, row: usize, rowLength: usize, ret: usize): void

@external("foldb:reducer/tables@0.1.0", "put")
export declare function tablesPut(table: usize, tableLength: usize, row: usize, rowLength: usize, ret: usize): void

@external("foldb:reducer/tables@0.1.0", "delete")
export declare function tablesDelete(table: usize, tableLength: usize, key: usize, keyLength: usize, ret: usize): void

@external("foldb:reducer/tables@0.1.0", "scan")
export declare function tablesScan(
  table: usize, tableLength: usize, index: usize, indexLength: usize,
  lowerCase: u32, lower: usize, lowerLength: usize,
  upperCase: u32, upper: usize, upperLength: usize,
  limit: u32, descending: u32, ret: usize,
): void

@external("foldb:reducer/sql@0.1.0", "query")
export declare function sqlQuery(text: usize, textLength: usize, params: usize, paramsLength: usize, ret: usize): void

@external("foldb:reducer/sql@0.1.0", "execute")
export declare function sqlExecute(text: usize, textLength: usize, params: usize, paramsLength: usize, ret: usize): void

@external("foldb:reducer/entropy@0.1.0", "bytes")
export declare function entropyBytes(count: u32, ret: usize): void

@external("foldb:reducer/log@0.1.0", "write")
export declare function logWrite(level: u32, text: usize, textLength: usize): void
