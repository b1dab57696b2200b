using System.Buffers.Binary;
using Amazon.CDK.AWS.Lambda;

namespace Billing.Infrastructure.Parts;

/// <summary>The native executable of the functions. Its header says which architecture it was compiled for, so nobody has to state it, and it is never deployed where it cannot run.</summary>
internal static class FunctionBinary
{
    // ELF: the magic number, and the machine at this position.
    private const int MachinePlace = 18;
    private const ushort X86 = 62;
    private const ushort Arm = 183;

    private static ReadOnlySpan<byte> Mark => [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>Whether the folder contains an executable that Lambda can run.</summary>
    public static bool IsIn(string folder) => MachineIn(folder) is X86 or Arm;

    /// <summary>Returns the architecture of the executable in the folder.</summary>
    public static Architecture ArchitectureOf(string folder) => MachineIn(folder) == Arm ? Architecture.ARM_64 : Architecture.X86_64;

    private static int MachineIn(string folder)
    {
        string file = Path.Combine(folder, "bootstrap");
        if (!File.Exists(file))
        {
            return 0;
        }

        byte[] head = new byte[MachinePlace + sizeof(ushort)];
        using FileStream stream = File.OpenRead(file);
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().StartsWith(Mark)
            ? BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(MachinePlace))
            : 0;
    }
}
