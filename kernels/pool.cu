// pool: one row of activations per sequence out of a tap.
//   pool_last: out[b, :] = x[rows[b], :].  The gather of DESIGN's pools `last` and `last_content`: a [B, T, W] tap is N = B*T rows.
//   pool_mean: out[b, :] = mean of x[r, :] over first[b] <= r < end[b] with mask[r] != 0 (mask null: all); zeros where there is none.
//   pool_add: sum[r, :] += x[r, :] where mask[r] != 0. The mean over a rollout that is still running: one call a decode step.
//   x [N, stride] of f32, f16 or bf16, W <= stride; rows, first, end [B] i32, inside 0..N; mask [N] u8; out [B, W] f32;
//   sum [N, W] f64, whose rows are read and written 16 bytes at a time where they are aligned.
//   Any width, any alignment to the element: 16-byte loads where base and stride allow, else one value at a time, same bits.
//   pool_last: grid (ceil(W / 256n), B), block 256, n = 16 / bytes of x: a thread owns n columns.
//   pool_add: grid (ceil(W / 256n), N), block 256, as pool_last.
//   pool_mean: grid (ceil(W / 32n), B), block 256: a warp reads a 512-byte piece of a row, 8 warps share the rows; float64 sums,
//   joined in warp order through shared memory.  Blocks stride over B where B > 65535.
//   Twin: PoolTwin, same order, same bits.  Roof: device copy bandwidth, every value is read once.
#include "gpu.h"

template <class T> DEV void last(const u8* __restrict__ x, const int* __restrict__ rows, u8* __restrict__ out, i64 stride, int count, int width)
{
    const int c = (block_x() * 256 + thread_x()) * T::n;
    if (c >= width) return;
    const bool whole = rows_aligned(x, stride * T::bytes), whole_out = rows_aligned(out, (i64)width * 4);
    for (int b = block_y(); b < count; b += blocks_y()) {
        float f[T::n];
        load_columns<T>(x + rows[b] * stride * T::bytes, c, width, whole, f);
        store_columns<F32>(out + (i64)b * width * 4, c, width, whole_out, f);
    }
}

template <class T> DEV void mean(const u8* __restrict__ x, const int* __restrict__ first, const int* __restrict__ end,
                                 const u8* __restrict__ mask, float* __restrict__ out, i64 stride, int count, int width)
{
    __shared__ double part[8][32 * T::n];
    __shared__ int seen[8];
    const int lane = thread_x() & 31, warp = thread_x() >> 5, piece = block_x() * 32 * T::n, c = piece + lane * T::n;
    const bool whole = rows_aligned(x, stride * T::bytes);
    for (int b = block_y(); b < count; b += blocks_y()) {
        double sum[T::n] = {};
        int n = 0;
        for (int r = first[b] + warp; r < end[b]; r += 8) {
            if (mask && !mask[r]) continue;                // the same for the whole warp
            n++;
            float f[T::n];
            load_columns<T>(x + r * stride * T::bytes, c, width, whole, f);
#pragma unroll
            for (int i = 0; i < T::n; i++) sum[i] += (double)f[i];
        }
        barrier();                                         // the sequence before may still be read
        if (lane == 0) seen[warp] = n;
#pragma unroll
        for (int i = 0; i < T::n; i++) part[warp][i * 32 + lane] = sum[i];     // no bank conflicts on the way in
        barrier();
        const int k = thread_x();                          // column piece + k lies in part[.][k % n * 32 + k / n]
        if (k < 32 * T::n && piece + k < width) {
            double s = 0;
            n = 0;
#pragma unroll
            for (int w = 0; w < 8; w++) { n += seen[w]; s += part[w][k % T::n * 32 + k / T::n]; }
            out[(i64)b * width + piece + k] = n ? (float)(s / n) : 0.0f;
        }
    }
}

template <class T> DEV void add(const u8* __restrict__ x, const u8* __restrict__ mask, double* __restrict__ sum, i64 stride, int count, int width)
{
    const int c = (block_x() * 256 + thread_x()) * T::n;
    if (c >= width) return;
    const bool whole = rows_aligned(x, stride * T::bytes), whole_sum = rows_aligned(sum, (i64)width * 8) && c + T::n <= width;
    for (int r = block_y(); r < count; r += blocks_y()) {
        if (!mask[r]) continue;
        float f[T::n];
        load_columns<T>(x + r * stride * T::bytes, c, width, whole, f);
        double* s = sum + (i64)r * width + c;
        if (whole_sum) {
#pragma unroll
            for (int i = 0; i < T::n; i += 2) {
                pair64 p = *(const pair64*)(s + i);
                *(pair64*)(s + i) = pair64{p[0] + (double)f[i], p[1] + (double)f[i + 1]};
            }
        } else {
#pragma unroll
            for (int i = 0; i < T::n; i++) if (c + i < width) s[i] += (double)f[i];
        }
    }
}

#define POOL(type, T) \
    extern "C" __global__ void __launch_bounds__(256) pool_last_##type(const u8* __restrict__ x, const int* __restrict__ rows, \
        u8* __restrict__ out, i64 stride, int count, int width) { last<T>(x, rows, out, stride, count, width); } \
    extern "C" __global__ void __launch_bounds__(256) pool_mean_##type(const u8* __restrict__ x, const int* __restrict__ first, const int* __restrict__ end, \
        const u8* __restrict__ mask, float* __restrict__ out, i64 stride, int count, int width) { mean<T>(x, first, end, mask, out, stride, count, width); } \
    extern "C" __global__ void __launch_bounds__(256) pool_add_##type(const u8* __restrict__ x, const u8* __restrict__ mask, double* __restrict__ sum, \
        i64 stride, int count, int width) { add<T>(x, mask, sum, stride, count, width); }
POOL(f32, F32)
POOL(f16, F16)
POOL(bf16, Bf16)
