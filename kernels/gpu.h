// gpu.h: all that kernels/*.cu need of CUDA, from clang's own NVPTX builtins, so that no CUDA toolkit is needed to build them.
// Every operation here rounds once, as its CPU twin in src/Roast.Cuda/Twins does: with -ffp-contract=off clang writes the rounding
// into each instruction (add.rn, mul.rn), and ptxas then fuses nothing. There are no atomics: their order would change results.
#pragma once

typedef unsigned char      u8;
typedef unsigned short     u16;
typedef unsigned int       u32;
typedef unsigned long long u64;
typedef long long          i64;

#define __global__   __attribute__((global))
#define __device__   __attribute__((device))
#define __shared__   __attribute__((shared))
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))
#define DEV static __device__ inline __attribute__((always_inline))

DEV u32 thread_x() { return __nvvm_read_ptx_sreg_tid_x(); }
DEV u32 block_x()  { return __nvvm_read_ptx_sreg_ctaid_x(); }
DEV u32 block_y()  { return __nvvm_read_ptx_sreg_ctaid_y(); }
DEV u32 blocks_x() { return __nvvm_read_ptx_sreg_nctaid_x(); }
DEV u32 blocks_y() { return __nvvm_read_ptx_sreg_nctaid_y(); }
DEV void barrier() { __syncthreads(); }

DEV u32    bits(float f)  { return __builtin_bit_cast(u32, f); }
DEV float  real(u32 u)    { return __builtin_bit_cast(float, u); }
DEV u64    bits(double f) { return __builtin_bit_cast(u64, f); }
DEV double real(u64 u)    { return __builtin_bit_cast(double, u); }
DEV float  fused(float a, float b, float c)    { return __nvvm_fma_rn_f(a, b, c); }
DEV double fused(double a, double b, double c) { return __nvvm_fma_rn_d(a, b, c); }
DEV double root(double a) { return __nvvm_sqrt_rn_d(a); }
DEV double size_of(double a) { return real(bits(a) & 0x7fffffffffffffffull); }
constexpr double Largest = 1.7976931348623157e308;

// ---- 16 bytes at once. A struct of four words would not be kept as one access.
typedef u32    words  __attribute__((vector_size(16)));
typedef double pair64 __attribute__((vector_size(16)));

// whether every row of a matrix may be read 16 bytes at a time
DEV bool rows_aligned(const void* p, i64 stride_bytes) { return (((u64)p | (u64)stride_bytes) & 15) == 0; }

// ---- element types: n values in 16 bytes, and one
struct F32 {
    static constexpr int bytes = 4, n = 4;
    DEV float one(const void* p) { return *(const float*)p; }
    DEV void put(void* p, float f) { *(float*)p = f; }
    DEV void load(const void* p, float (&f)[n])
    {
        words w = *(const words*)p;
#pragma unroll
        for (int i = 0; i < n; i++) f[i] = real(w[i]);
    }
    DEV void store(void* p, const float (&f)[n])
    {
        words w;
#pragma unroll
        for (int i = 0; i < n; i++) w[i] = bits(f[i]);
        *(words*)p = w;
    }
};
// A 16-bit type from its two conversions.
template <class C> struct Half16 {
    static constexpr int bytes = 2, n = 8;
    DEV float one(const void* p) { return C::to_float(*(const u16*)p); }
    DEV void put(void* p, float f) { *(u16*)p = C::from_float(f); }
    DEV void load(const void* p, float (&f)[n])
    {
        words w = *(const words*)p;
#pragma unroll
        for (int i = 0; i < 4; i++) { f[2 * i] = C::to_float((u16)w[i]); f[2 * i + 1] = C::to_float((u16)(w[i] >> 16)); }
    }
    DEV void store(void* p, const float (&f)[n])
    {
        words w;
#pragma unroll
        for (int i = 0; i < 4; i++) w[i] = (u32)C::from_float(f[2 * i]) | (u32)C::from_float(f[2 * i + 1]) << 16;
        *(words*)p = w;
    }
};
struct ConvertBf16 {
    DEV float to_float(u16 h) { return real((u32)h << 16); }
    DEV u16 from_float(float f)                            // to nearest, ties to even; NaN stays NaN
    {
        u32 u = bits(f);
        return (u16)((u & 0x7fffffffu) > 0x7f800000u ? u >> 16 | 0x40u : (u + 0x7fffu + (u >> 16 & 1u)) >> 16);
    }
};
struct ConvertF16 {
    DEV float to_float(u16 h)   { return (float)__builtin_bit_cast(_Float16, h); }
    DEV u16 from_float(float f) { return __builtin_bit_cast(u16, (_Float16)f); }
};
typedef Half16<ConvertBf16> Bf16;
typedef Half16<ConvertF16>  F16;

// Columns c .. c+n-1 of a row. `whole`: rows are aligned, so a full piece is one access; the rest goes one value at a time,
// and what lies past the width is neither read nor written.
template <class T, int n> DEV void load_columns(const u8* row, int c, int width, bool whole, float (&f)[n])
{
    static_assert(n % T::n == 0, "a whole number of 16-byte pieces");
    if (whole && c + n <= width) {
#pragma unroll
        for (int k = 0; k < n; k += T::n) {
            float part[T::n];
            T::load(row + (i64)(c + k) * T::bytes, part);
#pragma unroll
            for (int i = 0; i < T::n; i++) f[k + i] = part[i];
        }
    } else {
#pragma unroll
        for (int i = 0; i < n; i++) f[i] = c + i < width ? T::one(row + (i64)(c + i) * T::bytes) : 0.0f;
    }
}
template <class T, int n> DEV void store_columns(u8* row, int c, int width, bool whole, const float (&f)[n])
{
    static_assert(n % T::n == 0, "a whole number of 16-byte pieces");
    if (whole && c + n <= width) {
#pragma unroll
        for (int k = 0; k < n; k += T::n) {
            float part[T::n];
#pragma unroll
            for (int i = 0; i < T::n; i++) part[i] = f[k + i];
            T::store(row + (i64)(c + k) * T::bytes, part);
        }
    } else {
#pragma unroll
        for (int i = 0; i < n; i++) if (c + i < width) T::put(row + (i64)(c + i) * T::bytes, f[i]);
    }
}

// ---- reductions over 256 threads: a fixed tree, so every thread gets the same bits on every device
DEV double from_lane(double v, int mask)
{
    u64 u = bits(v);
    u32 lo = (u32)__nvvm_shfl_sync_bfly_i32(0xffffffffu, (int)(u32)u, mask, 31), hi = (u32)__nvvm_shfl_sync_bfly_i32(0xffffffffu, (int)(u32)(u >> 32), mask, 31);
    return real((u64)hi << 32 | lo);
}
struct Sum     { DEV double join(double a, double b) { return a + b; } };
struct Greater { DEV double join(double a, double b) { return a > b ? a : b; } };       // of values >= 0, none NaN
template <class Op> DEV double over_warp(double v)
{
#pragma unroll
    for (int mask = 16; mask; mask >>= 1) v = Op::join(v, from_lane(v, mask));
    return v;
}
template <class Op> DEV double over_block(double v, double* scratch /* 8 values of shared memory */)
{
    v = over_warp<Op>(v);
    barrier();                                             // scratch may still be read from the call before
    if ((thread_x() & 31) == 0) scratch[thread_x() >> 5] = v;
    barrier();
    v = scratch[0];
#pragma unroll
    for (int w = 1; w < 8; w++) v = Op::join(v, scratch[w]);
    return v;
}
