// contrast: what right and wrong answers differ in, question by question (DESIGN 2.3 to 2.6).
//   contrast: d[q, :] = mean of rows[pos[k], :], pos_at[q] <= k < pos_at[q+1], minus the same of neg; its size; its vote.
//   contrast_sums: d[q, :] = sums[pos[q], :] / pos_n[q] - sums[neg[q], :] / neg_n[q], of rows that were added up before (sums.cu); the rest as contrast.
//     scaling 0 max_norm: size max|d|, vote w/size    1 l2_norm: size |d|, vote w/size
//             2 softmax: d becomes sign(d)*exp(|d| - max|d|), size the sum of these exponentials, vote w*W/size    3 none: size max|d|, vote w
//     state 0: it votes    1: degenerate (max|d| = 0; max_norm, l2_norm: size <= 1e-8), vote 0
//           2: NaN or infinity among its activations, vote 0    3: no positive or no negative row (contrast_sums: a count of 0), d zeros, vote 0
//   contrast_mean: sum[c] += sum over q of vote[q] * d[q, c]; mean[c] = sum[c] / total, total = the weights of all questions so far
//     (0: zeros).  Sums carry over from batch to batch, so any number of questions is one vector.
//   rows [N, stride] f32, sums [N, stride] f64, W <= stride, any alignment; pos, neg i32 inside 0..N; weight [Q] f64; d [Q, pitch] f64, 16-byte aligned, pitch =
//   W rounded up to 4 (columns past W are zeros); vote, size [Q] f64; state [Q] i32; sum [W] f64; mean [W] f32.
//   contrast, contrast_sums: grid Q (at most 65535, strides over questions), block 256: a thread owns 4 columns every 1024 and is the only one that
//   touches their d.  contrast_mean: grid ceil(W / 64), block 256: a lane owns 2 columns, warp g the questions g, g+8, ...
//   float64 throughout, fixed order, no atomics: the bits of ContrastTwin on every device.
//   Roof: device copy bandwidth at 4 bytes a row and column (contrast_sums: 16 a question and column), and 24 bytes of d a question and column.
#include "gpu.h"

// exp(x) for x <= 0, to 2 units in the last place; below -708 (3e-308) zero.  The same operations as ContrastTwin.Exp.
DEV double exp_of(double x)
{
    if (x < -708.0) return 0.0;
    const double shift = 6755399441055744.0;               // 1.5 * 2^52: adding it rounds to an integer
    const double k = fused(x, 1.4426950408889634, shift) - shift;
    double r = fused(k, -6.93147180369123816490e-01, x);
    r = fused(k, -1.90821492927058770002e-10, r);
    double p = 1.0 / 6227020800.0;
    p = fused(p, r, 1.0 / 479001600.0); p = fused(p, r, 1.0 / 39916800.0); p = fused(p, r, 1.0 / 3628800.0); p = fused(p, r, 1.0 / 362880.0);
    p = fused(p, r, 1.0 / 40320.0);     p = fused(p, r, 1.0 / 5040.0);     p = fused(p, r, 1.0 / 720.0);     p = fused(p, r, 1.0 / 120.0);
    p = fused(p, r, 1.0 / 24.0);        p = fused(p, r, 1.0 / 6.0);        p = fused(p, r, 0.5);             p = fused(p, r, 1.0);
    p = fused(p, r, 1.0);
    return p * real((u64)((i64)k + 1023) << 52);           // 2^k, normal since k >= -1022
}

DEV void add_rows(const u8* __restrict__ rows, const int* __restrict__ index, int from, int to, i64 stride, int c, int width, bool whole, double (&sum)[4])
{
#pragma unroll
    for (int i = 0; i < 4; i++) sum[i] = 0;
#pragma unroll 4
    for (int k = from; k < to; k++) {
        float f[4];
        load_columns<F32>(rows + index[k] * stride * 4, c, width, whole, f);
#pragma unroll
        for (int i = 0; i < 4; i++) sum[i] += (double)f[i];
    }
}

enum Scaling { MaxNorm, L2Norm, Softmax, None };
enum State { Votes, Degenerate, NotFinite, OneSided };

// Where a question's two means come from: rows that are added up here, or sums that are there.
struct Rows {
    const u8* rows; const int *pos_at, *pos, *neg_at, *neg; i64 stride;
    DEV bool whole(const Rows& s) { return rows_aligned(s.rows, s.stride * 4); }
    DEV bool both(const Rows& s, int q) { return s.pos_at[q + 1] > s.pos_at[q] && s.neg_at[q + 1] > s.neg_at[q]; }
    DEV void difference(const Rows& s, int q, int c, int width, bool whole, double (&x)[4])
    {
        const int p0 = s.pos_at[q], p1 = s.pos_at[q + 1], n0 = s.neg_at[q], n1 = s.neg_at[q + 1];
        double a[4], b[4];
        add_rows(s.rows, s.pos, p0, p1, s.stride, c, width, whole, a);
        add_rows(s.rows, s.neg, n0, n1, s.stride, c, width, whole, b);
#pragma unroll
        for (int i = 0; i < 4; i++) x[i] = a[i] / (p1 - p0) - b[i] / (n1 - n0);
    }
};
struct Sums {
    const double* sums; const int *pos, *pos_n, *neg, *neg_n; i64 stride;
    DEV bool whole(const Sums& s) { return rows_aligned(s.sums, s.stride * 8); }
    DEV bool both(const Sums& s, int q) { return s.pos_n[q] > 0 && s.neg_n[q] > 0; }
    DEV void difference(const Sums& s, int q, int c, int width, bool whole, double (&x)[4])
    {
        const double *a = s.sums + s.pos[q] * s.stride + c, *b = s.sums + s.neg[q] * s.stride + c;
        const double k = s.pos_n[q], m = s.neg_n[q];
        if (whole && c + 4 <= width) {
#pragma unroll
            for (int i = 0; i < 4; i += 2) {
                const pair64 u = *(const pair64*)(a + i), v = *(const pair64*)(b + i);
                x[i] = u[0] / k - v[0] / m;
                x[i + 1] = u[1] / k - v[1] / m;
            }
        } else {
#pragma unroll
            for (int i = 0; i < 4; i++) if (c + i < width) x[i] = a[i] / k - b[i] / m;
        }
    }
};

template <class From> DEV void contrast_from(const From& source, const double* __restrict__ weight, double* __restrict__ d, double* __restrict__ vote,
    double* __restrict__ size, int* __restrict__ state, int questions, int width, int pitch, int scaling)
{
    __shared__ double scratch[8];
    const bool whole = From::whole(source);
    for (int q = block_x(); q < questions; q += blocks_x()) {
        const bool both = From::both(source, q);
        double top = 0;
        for (int c = thread_x() * 4; c < width; c += 1024) {
            pair64* at = (pair64*)(d + (i64)q * pitch + c);
            double x[4] = {};
            if (both) {
                From::difference(source, q, c, width, whole, x);
#pragma unroll
                for (int i = 0; i < 4; i++) {
                    double m = size_of(x[i]);
                    m = m <= Largest ? m : __builtin_inf();        // NaN counts as infinity
                    top = m > top ? m : top;
                }
            }
            at[0] = pair64{x[0], x[1]};
            at[1] = pair64{x[2], x[3]};
        }
        top = over_block<Greater>(top, scratch);
        double total = top;
        if (top > 0 && top <= Largest && (scaling == L2Norm || scaling == Softmax)) {
            double s = 0;
            for (int c = thread_x() * 4; c < width; c += 1024) {
                pair64* at = (pair64*)(d + (i64)q * pitch + c);
                pair64 lo = at[0], hi = at[1];                     // this thread wrote them
                double x[4] = {lo[0], lo[1], hi[0], hi[1]};
#pragma unroll
                for (int i = 0; i < 4; i++) {
                    if (scaling == L2Norm) s = fused(x[i], x[i], s);
                    else if (c + i < width) {
                        double e = exp_of(size_of(x[i]) - top);
                        s += e;                                    // a zero has no sign but its share of the sum
                        x[i] = x[i] > 0 ? e : x[i] < 0 ? -e : 0.0;
                    }
                }
                if (scaling == Softmax) { at[0] = pair64{x[0], x[1]}; at[1] = pair64{x[2], x[3]}; }
            }
            total = over_block<Sum>(s, scratch);
            if (scaling == L2Norm) total = root(total);
        }
        if (thread_x() == 0) {
            const double w = weight[q];
            int is = !both ? OneSided : !(top <= Largest) ? NotFinite : top == 0 || (scaling <= L2Norm && total <= 1e-8) ? Degenerate : Votes;
            size[q] = total;
            state[q] = is;
            vote[q] = is != Votes ? 0.0 : scaling == None ? w : scaling == Softmax ? w * (width / total) : w / total;
        }
    }
}

extern "C" __global__ void __launch_bounds__(256) contrast(const u8* __restrict__ rows, const int* __restrict__ pos_at, const int* __restrict__ pos,
    const int* __restrict__ neg_at, const int* __restrict__ neg, const double* __restrict__ weight, double* __restrict__ d, double* __restrict__ vote,
    double* __restrict__ size, int* __restrict__ state, i64 stride, int questions, int width, int pitch, int scaling)
{ contrast_from(Rows{rows, pos_at, pos, neg_at, neg, stride}, weight, d, vote, size, state, questions, width, pitch, scaling); }

extern "C" __global__ void __launch_bounds__(256) contrast_sums(const double* __restrict__ sums, const int* __restrict__ pos, const int* __restrict__ pos_n,
    const int* __restrict__ neg, const int* __restrict__ neg_n, const double* __restrict__ weight, double* __restrict__ d, double* __restrict__ vote,
    double* __restrict__ size, int* __restrict__ state, i64 stride, int questions, int width, int pitch, int scaling)
{ contrast_from(Sums{sums, pos, pos_n, neg, neg_n, stride}, weight, d, vote, size, state, questions, width, pitch, scaling); }

extern "C" __global__ void __launch_bounds__(256) contrast_mean(const double* __restrict__ d, const double* __restrict__ vote, double* __restrict__ sum,
    float* __restrict__ mean, double total, int questions, int width, int pitch)
{
    __shared__ double part[8][64];
    const int lane = thread_x() & 31, g = thread_x() >> 5, c = block_x() * 64 + lane * 2;
    double a = 0, b = 0;
    if (c < width)
#pragma unroll 4
        for (int q = g; q < questions; q += 8) {
            const double k = vote[q];
            if (k == 0) continue;                          // what does not vote may not be finite
            const pair64 x = *(const pair64*)(d + (i64)q * pitch + c);
            a = fused(k, x[0], a);
            b = fused(k, x[1], b);
        }
    part[g][lane] = a;
    part[g][32 + lane] = b;
    barrier();
    const int k = thread_x(), at = block_x() * 64 + k;
    if (k >= 64 || at >= width) return;
    double s = sum[at];
#pragma unroll
    for (int w = 0; w < 8; w++) s += part[w][(k & 1) * 32 + (k >> 1)];
    sum[at] = s;
    mean[at] = total > 0 ? (float)(s / total) : 0.0f;
}
