/** Where symbol files are kept and fetched from: symbol paths, stores, servers, the local cache. */
@NullMarked
package oriel.engine.symbols.store;

import org.jspecify.annotations.NullMarked;
