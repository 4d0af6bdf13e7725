#include "textflag.h"

DATA half<>+0(SB)/4, $0.5
GLOBL half<>(SB), RODATA|NOPTR, $4
DATA one<>+0(SB)/4, $1.0
GLOBL one<>(SB), RODATA|NOPTR, $4
DATA two<>+0(SB)/4, $2.0
GLOBL two<>(SB), RODATA|NOPTR, $4

// d becomes d times the slope of a sigmoid of value s; q is free,
// Y12 holds 2, Y13 holds 0, Y14 holds 1, Y15 holds 0.5.
#define SLOPE(s, q, d) \
	VMULPS  Y12, s, q \
	VSUBPS  Y14, q, q \
	VMULPS  q, q, q \
	VSUBPS  q, Y14, q \
	VMAXPS  Y13, q, q \
	VMULPS  q, d, d \
	VSQRTPS q, q \
	VMULPS  q, d, d \
	VMULPS  Y15, d, d

// func back8(now, before, gates, x, dy, dgates, carry, state, dstate, dbias *float32, n, stride int)
TEXT ·back8(SB), NOSPLIT, $0-96
	MOVQ now+0(FP), DI
	MOVQ before+8(FP), SI
	MOVQ gates+16(FP), AX
	MOVQ x+24(FP), BX
	MOVQ dy+32(FP), R15
	MOVQ dgates+40(FP), R8
	MOVQ carry+48(FP), R9
	MOVQ state+56(FP), R10
	MOVQ dstate+64(FP), R11
	MOVQ dbias+72(FP), R12
	MOVQ n+80(FP), DX
	MOVQ stride+88(FP), R13
	MOVQ DX, CX
	SHLQ $2, DX
	SHLQ $2, R13
	VBROADCASTSS two<>(SB), Y12
	VXORPS Y13, Y13, Y13
	VBROADCASTSS one<>(SB), Y14
	VBROADCASTSS half<>(SB), Y15

loop:
	VMOVUPS (R15), Y0          // dy
	VMOVUPS (AX)(DX*1), Y1     // f
	VMOVUPS (AX)(DX*2), Y2     // h
	VMOVUPS (SI), Y3           // before
	VMOVUPS (DI), Y4
	VSUBPS  (BX), Y4, Y4       // now - x
	VMULPS  Y0, Y4, Y4
	SLOPE(Y2, Y5, Y4)          // dh
	VMULPS  Y2, Y0, Y6
	VADDPS  (R9), Y6, Y6       // dc
	VSUBPS  (AX), Y3, Y7       // before - candidate
	VMULPS  Y6, Y7, Y7
	SLOPE(Y1, Y5, Y7)          // df
	VSUBPS  Y1, Y14, Y8
	VMULPS  Y6, Y8, Y8
	VMOVUPS Y8, (R8)
	VMOVUPS Y7, (R8)(DX*1)
	VMOVUPS Y4, (R8)(DX*2)
	VMULPS  Y1, Y6, Y9         // dc*f
	VMULPS  (R10), Y7, Y10
	VADDPS  Y10, Y9, Y9
	VMULPS  (R10)(R13*1), Y4, Y10
	VADDPS  Y10, Y9, Y9
	VMOVUPS Y9, (R9)
	VMULPS  Y3, Y7, Y10
	VADDPS  (R11), Y10, Y10
	VMOVUPS Y10, (R11)
	VMULPS  Y3, Y4, Y10
	VADDPS  (R11)(R13*1), Y10, Y10
	VMOVUPS Y10, (R11)(R13*1)
	VADDPS  (R12), Y7, Y7
	VMOVUPS Y7, (R12)
	VADDPS  (R12)(R13*1), Y4, Y4
	VMOVUPS Y4, (R12)(R13*1)
	VSUBPS  Y2, Y14, Y2
	VMULPS  Y2, Y0, Y0
	VMOVUPS Y0, (R15)
	ADDQ $32, DI
	ADDQ $32, SI
	ADDQ $32, AX
	ADDQ $32, BX
	ADDQ $32, R15
	ADDQ $32, R8
	ADDQ $32, R9
	ADDQ $32, R10
	ADDQ $32, R11
	ADDQ $32, R12
	SUBQ $8, CX
	JNZ  loop
	VZEROUPPER
	RET

// func adam8(p, grad, first, second *float32, n int, constants *[7]float32)
// constants: clip, moment1, 1-moment1, moment2, 1-moment2, rate, floor.
TEXT ·adam8(SB), NOSPLIT, $0-48
	MOVQ p+0(FP), DI
	MOVQ grad+8(FP), SI
	MOVQ first+16(FP), AX
	MOVQ second+24(FP), BX
	MOVQ n+32(FP), CX
	MOVQ constants+40(FP), DX
	VBROADCASTSS (DX), Y10
	VBROADCASTSS 4(DX), Y11
	VBROADCASTSS 8(DX), Y12
	VBROADCASTSS 12(DX), Y13
	VBROADCASTSS 16(DX), Y14
	VBROADCASTSS 20(DX), Y15
	VBROADCASTSS 24(DX), Y9
	VXORPS Y8, Y8, Y8

loop:
	VMULPS  (SI), Y10, Y0
	VMOVUPS Y8, (SI)
	VMULPS  (AX), Y11, Y1
	VMULPS  Y12, Y0, Y2
	VADDPS  Y2, Y1, Y1
	VMOVUPS Y1, (AX)
	VMULPS  (BX), Y13, Y3
	VMULPS  Y14, Y0, Y4
	VMULPS  Y0, Y4, Y4
	VADDPS  Y4, Y3, Y3
	VMOVUPS Y3, (BX)
	VSQRTPS Y3, Y3
	VADDPS  Y9, Y3, Y3
	VMULPS  Y15, Y1, Y1
	VDIVPS  Y3, Y1, Y1
	VMOVUPS (DI), Y5
	VSUBPS  Y1, Y5, Y5
	VMOVUPS Y5, (DI)
	ADDQ $32, DI
	ADDQ $32, SI
	ADDQ $32, AX
	ADDQ $32, BX
	SUBQ $8, CX
	JNZ  loop
	VZEROUPPER
	RET
