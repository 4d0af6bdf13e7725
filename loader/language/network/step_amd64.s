#include "textflag.h"

DATA half<>+0(SB)/4, $0.5
GLOBL half<>(SB), RODATA|NOPTR, $4
DATA one<>+0(SB)/4, $1.0
GLOBL one<>(SB), RODATA|NOPTR, $4

// x becomes 0.5 + 0.5x/sqrt(1+xx); t is free, Y14 holds 1, Y15 holds 0.5.
#define SIGMOID(x, t) \
	VMULPS  x, x, t \
	VADDPS  Y14, t, t \
	VSQRTPS t, t \
	VMULPS  Y15, x, x \
	VDIVPS  t, x, x \
	VADDPS  Y15, x, x

// func step8(now, before, gates, x, y, forgetBias, highBias, forgetState, highState *float32, n int)
// One step of n recurrent units, n a multiple of 8: see stepPlain.
TEXT ·step8(SB), NOSPLIT, $0-80
	MOVQ now+0(FP), DI
	MOVQ before+8(FP), SI
	MOVQ gates+16(FP), AX
	MOVQ x+24(FP), BX
	MOVQ y+32(FP), R15
	MOVQ forgetBias+40(FP), R8
	MOVQ highBias+48(FP), R9
	MOVQ forgetState+56(FP), R10
	MOVQ highState+64(FP), R11
	MOVQ n+72(FP), DX
	SHLQ $2, DX             // bytes of one gate
	LEAQ (AX)(DX*1), R12    // forget
	LEAQ (AX)(DX*2), R13    // high
	VBROADCASTSS one<>(SB), Y14
	VBROADCASTSS half<>(SB), Y15
	XORQ CX, CX

loop:
	VMOVUPS (SI)(CX*1), Y0   // before
	VMOVUPS (R12)(CX*1), Y1
	VADDPS  (R8)(CX*1), Y1, Y1
	VMULPS  (R10)(CX*1), Y0, Y2
	VADDPS  Y2, Y1, Y1
	SIGMOID(Y1, Y2)
	VMOVUPS Y1, (R12)(CX*1)
	VMOVUPS (R13)(CX*1), Y3
	VADDPS  (R9)(CX*1), Y3, Y3
	VMULPS  (R11)(CX*1), Y0, Y4
	VADDPS  Y4, Y3, Y3
	SIGMOID(Y3, Y4)
	VMOVUPS Y3, (R13)(CX*1)
	VMULPS  Y1, Y0, Y5       // f*before
	VSUBPS  Y1, Y14, Y6      // 1-f
	VMULPS  (AX)(CX*1), Y6, Y6
	VADDPS  Y6, Y5, Y5
	VMOVUPS Y5, (DI)(CX*1)
	VMULPS  Y3, Y5, Y7       // h*now
	VSUBPS  Y3, Y14, Y8      // 1-h
	VMULPS  (BX)(CX*1), Y8, Y8
	VADDPS  Y8, Y7, Y7
	VMOVUPS Y7, (R15)(CX*1)
	ADDQ $32, CX
	CMPQ CX, DX
	JLT  loop
	VZEROUPPER
	RET

// func addBytes8(out *float32, bytes *byte, scale float32, n int)
// Adds scale times n signed bytes to out, n a multiple of 8.
TEXT ·addBytes8(SB), NOSPLIT, $0-32
	MOVQ out+0(FP), DI
	MOVQ bytes+8(FP), SI
	VBROADCASTSS scale+16(FP), Y1
	MOVQ n+24(FP), DX

more:
	VPMOVSXBD (SI), Y0
	VCVTDQ2PS Y0, Y0
	VMULPS    Y1, Y0, Y0
	VADDPS    (DI), Y0, Y0
	VMOVUPS   Y0, (DI)
	ADDQ $8, SI
	ADDQ $32, DI
	SUBQ $8, DX
	JNZ  more
	VZEROUPPER
	RET

// func addRelu8(x, y *float32, n int)
// x becomes x + y where that is above 0, else 0; n is a multiple of 8.
TEXT ·addRelu8(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), DI
	MOVQ y+8(FP), SI
	MOVQ n+16(FP), DX
	VXORPS Y1, Y1, Y1

next:
	VMOVUPS (DI), Y0
	VADDPS  (SI), Y0, Y0
	VMAXPS  Y1, Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	SUBQ $8, DX
	JNZ  next
	VZEROUPPER
	RET
