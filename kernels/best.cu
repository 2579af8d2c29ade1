// best: token[r] = the lowest column among the largest of x[r, :]: greedy decoding, so that the logits stay where they are.
//   -1 where the row holds NaN or +infinity, or is -infinity throughout: the host then looks at the row and says what is wrong.
//   By value, so -0 and +0 tie, as Sampler.ArgMax has it.
//   x [N, stride] of f32, f16 or bf16, W <= stride, W < 2^31; token [N] i32.
//   Grid N (at most 65535 blocks, which stride over the rows), block 256: a thread looks at n = 16 / bytes columns every 256n.
//   Any width, any alignment to the element.  Comparisons only: no rounding.  Twin: BestTwin.  Roof: device copy bandwidth; each value read once.
#include "gpu.h"

struct Larger  { DEV double join(double a, double b) { return a > b ? a : b; } };       // none NaN
struct Smaller { DEV double join(double a, double b) { return a < b ? a : b; } };

template <class T> DEV void best(const u8* __restrict__ x, int* __restrict__ token, i64 stride, int count, int width)
{
    __shared__ double scratch[8];
    const bool whole = rows_aligned(x, stride * T::bytes);
    for (int r = block_x(); r < count; r += blocks_x()) {
        float top = -__builtin_inff();
        int at = 0x7fffffff;
        bool strange = false;
        for (int c = thread_x() * T::n; c < width; c += 256 * T::n) {
            float f[T::n];
            load_columns<T>(x + r * stride * T::bytes, c, width, whole, f);
#pragma unroll
            for (int i = 0; i < T::n; i++) {
                strange |= (bits(f[i]) & 0x7fffffffu) > 0x7f800000u;     // NaN
                if (c + i < width && f[i] > top) { top = f[i]; at = c + i; }   // ascending, so the first of equals stays
            }
        }
        const double mine = strange ? __builtin_inf() : (double)top;
        const double most = over_block<Larger>(mine, scratch);
        const double first = over_block<Smaller>(mine == most ? (double)at : 2147483647.0, scratch);
        if (thread_x() == 0) token[r] = size_of(most) <= Largest ? (int)first : -1;
    }
}
#define BEST(type, T) extern "C" __global__ void __launch_bounds__(256) best_##type(const u8* __restrict__ x, int* __restrict__ token, \
    i64 stride, int count, int width) { best<T>(x, token, stride, count, width); }
BEST(f32, F32)
BEST(f16, F16)
BEST(bf16, Bf16)
