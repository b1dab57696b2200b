using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Billing.Lambda;

/// <summary>
/// The certificates that this machine trusts. To read them takes a quarter of the time until the first reply of a function with a database, whose first connection would wait for it.
/// </summary>
internal static class TrustedRoots
{
    /// <summary>Reads them beside whatever else a function does at its start.</summary>
    public static void ReadAhead() => _ = Task.Run(Read);

    /// <summary>Reads them, so that the process has them.</summary>
    /// <returns>How many there are.</returns>
    public static int Read()
    {
        try
        {
            using X509Store store = new(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
            X509Certificate2Collection roots = store.Certificates;
            foreach (X509Certificate2 root in roots)
            {
                root.Dispose();
            }

            return roots.Count;
        }
        catch (CryptographicException)
        {
            // The connection that needs them says what is wrong with them.
            return 0;
        }
    }
}
