package oriel.format.pe;

/**
 * How many objects of the image were made with which safety features (debug data VC_FEATURE).
 *
 * @param beforeVc11 objects of compilers older than Visual C++ 11
 * @param cOrCpp objects of C or C++
 * @param gs compiled with /GS
 * @param sdl compiled with /sdl
 * @param guardN with control flow guard
 */
public record VcFeatures(long beforeVc11, long cOrCpp, long gs, long sdl, long guardN) {}
