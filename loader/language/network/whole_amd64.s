#include "textflag.h"

// Each kernel multiplies some rows of bytes by a panel of K times four rows in bytes (VNNI), scales the sums, and adds them to a
// block of C, or puts them there if fresh is not 0. a has its rows every strideA bytes, c every strideC.

#define ROWS(address, lo, hi) \
	VPBROADCASTD address, Z26 \
	VPDPBUSD Z24, Z26, lo \
	VPDPBUSD Z25, Z26, hi

// SCALE ends a row: its sums as fractions, times the row's and the columns' scale.
#define SCALE(lo, hi) \
	VBROADCASTSS (R10), Z26 \
	ADDQ $4, R10 \
	VCVTDQ2PS lo, lo \
	VCVTDQ2PS hi, hi \
	VMULPS Z26, lo, lo \
	VMULPS Z26, hi, hi \
	VMULPS Z24, lo, lo \
	VMULPS Z25, hi, hi

#define PUT(lo, hi) \
	SCALE(lo, hi) \
	VMOVUPS lo, (DI) \
	VMOVUPS hi, 64(DI) \
	ADDQ R8, DI

#define ADDTO(lo, hi) \
	SCALE(lo, hi) \
	VADDPS (DI), lo, lo \
	VADDPS 64(DI), hi, hi \
	VMOVUPS lo, (DI) \
	VMOVUPS hi, 64(DI) \
	ADDQ R8, DI

// func whole12x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, k, strideC, strideA, fresh int)
TEXT ·whole12x32(SB), NOSPLIT, $0-80
	MOVQ c+0(FP), DI
	MOVQ a+8(FP), AX
	MOVQ b+16(FP), SI
	MOVQ start+24(FP), R9
	MOVQ scaleA+32(FP), R10
	MOVQ scaleB+40(FP), R13
	MOVQ k+48(FP), DX
	MOVQ strideC+56(FP), R8
	MOVQ strideA+64(FP), CX
	LEAQ (CX)(CX*2), R15
	LEAQ (AX)(R15*1), BX   // row 3
	LEAQ (BX)(R15*1), R11  // row 6
	LEAQ (R11)(R15*1), R12 // row 9
	VMOVDQU32 (R9), Z0
	VMOVDQU32 64(R9), Z1
	VMOVDQA32 Z0, Z2
	VMOVDQA32 Z1, Z3
	VMOVDQA32 Z0, Z4
	VMOVDQA32 Z1, Z5
	VMOVDQA32 Z0, Z6
	VMOVDQA32 Z1, Z7
	VMOVDQA32 Z0, Z8
	VMOVDQA32 Z1, Z9
	VMOVDQA32 Z0, Z10
	VMOVDQA32 Z1, Z11
	VMOVDQA32 Z0, Z12
	VMOVDQA32 Z1, Z13
	VMOVDQA32 Z0, Z14
	VMOVDQA32 Z1, Z15
	VMOVDQA32 Z0, Z16
	VMOVDQA32 Z1, Z17
	VMOVDQA32 Z0, Z18
	VMOVDQA32 Z1, Z19
	VMOVDQA32 Z0, Z20
	VMOVDQA32 Z1, Z21
	VMOVDQA32 Z0, Z22
	VMOVDQA32 Z1, Z23

loop:
	VMOVDQU32 (SI), Z24
	VMOVDQU32 64(SI), Z25
	ADDQ $128, SI
	ROWS((AX), Z0, Z1)
	ROWS((AX)(CX*1), Z2, Z3)
	ROWS((AX)(CX*2), Z4, Z5)
	ROWS((BX), Z6, Z7)
	ROWS((BX)(CX*1), Z8, Z9)
	ROWS((BX)(CX*2), Z10, Z11)
	ROWS((R11), Z12, Z13)
	ROWS((R11)(CX*1), Z14, Z15)
	ROWS((R11)(CX*2), Z16, Z17)
	ROWS((R12), Z18, Z19)
	ROWS((R12)(CX*1), Z20, Z21)
	ROWS((R12)(CX*2), Z22, Z23)
	ADDQ $4, AX
	ADDQ $4, BX
	ADDQ $4, R11
	ADDQ $4, R12
	DECQ DX
	JNZ  loop

	VMOVUPS (R13), Z24
	VMOVUPS 64(R13), Z25
	MOVQ fresh+72(FP), R13
	TESTQ R13, R13
	JNZ  put
	ADDTO(Z0, Z1)
	ADDTO(Z2, Z3)
	ADDTO(Z4, Z5)
	ADDTO(Z6, Z7)
	ADDTO(Z8, Z9)
	ADDTO(Z10, Z11)
	ADDTO(Z12, Z13)
	ADDTO(Z14, Z15)
	ADDTO(Z16, Z17)
	ADDTO(Z18, Z19)
	ADDTO(Z20, Z21)
	ADDTO(Z22, Z23)
	VZEROUPPER
	RET

put:
	PUT(Z0, Z1)
	PUT(Z2, Z3)
	PUT(Z4, Z5)
	PUT(Z6, Z7)
	PUT(Z8, Z9)
	PUT(Z10, Z11)
	PUT(Z12, Z13)
	PUT(Z14, Z15)
	PUT(Z16, Z17)
	PUT(Z18, Z19)
	PUT(Z20, Z21)
	PUT(Z22, Z23)
	VZEROUPPER
	RET

// func whole4x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, k, strideC, strideA, fresh int)
TEXT ·whole4x32(SB), NOSPLIT, $0-80
	MOVQ c+0(FP), DI
	MOVQ a+8(FP), AX
	MOVQ b+16(FP), SI
	MOVQ start+24(FP), R9
	MOVQ scaleA+32(FP), R10
	MOVQ scaleB+40(FP), R13
	MOVQ k+48(FP), DX
	MOVQ strideC+56(FP), R8
	MOVQ strideA+64(FP), CX
	LEAQ (CX)(CX*2), R15
	VMOVDQU32 (R9), Z0
	VMOVDQU32 64(R9), Z1
	VMOVDQA32 Z0, Z2
	VMOVDQA32 Z1, Z3
	VMOVDQA32 Z0, Z4
	VMOVDQA32 Z1, Z5
	VMOVDQA32 Z0, Z6
	VMOVDQA32 Z1, Z7

loop:
	VMOVDQU32 (SI), Z24
	VMOVDQU32 64(SI), Z25
	ADDQ $128, SI
	ROWS((AX), Z0, Z1)
	ROWS((AX)(CX*1), Z2, Z3)
	ROWS((AX)(CX*2), Z4, Z5)
	ROWS((AX)(R15*1), Z6, Z7)
	ADDQ $4, AX
	DECQ DX
	JNZ  loop

	VMOVUPS (R13), Z24
	VMOVUPS 64(R13), Z25
	MOVQ fresh+72(FP), R13
	TESTQ R13, R13
	JNZ  put
	ADDTO(Z0, Z1)
	ADDTO(Z2, Z3)
	ADDTO(Z4, Z5)
	ADDTO(Z6, Z7)
	VZEROUPPER
	RET

put:
	PUT(Z0, Z1)
	PUT(Z2, Z3)
	PUT(Z4, Z5)
	PUT(Z6, Z7)
	VZEROUPPER
	RET

DATA magnitude<>+0(SB)/4, $0x7fffffff
GLOBL magnitude<>(SB), RODATA|NOPTR, $4
DATA most<>+0(SB)/4, $0x42fe0000 // 127
GLOBL most<>(SB), RODATA|NOPTR, $4
DATA above<>+0(SB)/4, $128
GLOBL above<>(SB), RODATA|NOPTR, $4

// func round16(out *byte, row *float32, n int) float32
TEXT ·round16(SB), NOSPLIT, $0-28
	MOVQ out+0(FP), DI
	MOVQ row+8(FP), SI
	MOVQ n+16(FP), DX
	SHRQ $4, DX
	VPBROADCASTD magnitude<>(SB), Z2
	VPBROADCASTD above<>(SB), Z3
	VPXORD Z0, Z0, Z0
	MOVQ SI, AX
	MOVQ DX, CX

top:
	VPANDD (AX), Z2, Z1
	VMAXPS Z1, Z0, Z0
	ADDQ $64, AX
	DECQ CX
	JNZ  top

	VEXTRACTF32X8 $1, Z0, Y1
	VMAXPS Y1, Y0, Y0
	VEXTRACTF128 $1, Y0, X1
	VMAXPS X1, X0, X0
	VPSHUFD $0x4e, X0, X1
	VMAXPS X1, X0, X0
	VPSHUFD $0xb1, X0, X1
	VMAXPS X1, X0, X0
	VMOVSS most<>(SB), X4
	VXORPS X5, X5, X5
	VUCOMISS X5, X0
	JEQ zero
	VDIVSS X0, X4, X1 // 127 / top
	VDIVSS X4, X0, X0 // top / 127
	VBROADCASTSS X1, Z1

round:
	VMULPS (SI), Z1, Z5
	VCVTPS2DQ Z5, Z5 // to the nearest, half to even
	VPADDD Z3, Z5, Z5
	VPMOVDB Z5, (DI)
	ADDQ $64, SI
	ADDQ $16, DI
	DECQ DX
	JNZ  round
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

zero:
	VPMOVDB Z3, (DI)
	ADDQ $16, DI
	DECQ DX
	JNZ  zero
	VXORPS X0, X0, X0
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET
