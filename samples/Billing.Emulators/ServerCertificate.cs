using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Billing.Emulators;

/// <summary>A certificate for a server on the loopback address, signed by its own authority, as PEM files in a folder.</summary>
internal sealed class ServerCertificate
{
    private ServerCertificate(string folder)
    {
        Authority = Path.Combine(folder, "ca.pem");
        Certificate = Path.Combine(folder, "server.pem");
        Key = Path.Combine(folder, "server-key.pem");
    }

    /// <summary>The certificate of the authority, which clients trust.</summary>
    public string Authority { get; }

    /// <summary>The certificate of the server.</summary>
    public string Certificate { get; }

    /// <summary>The private key of the server.</summary>
    public string Key { get; }

    /// <summary>Returns the certificate in a folder. Creates one, valid for ten years, if there is none.</summary>
    public static ServerCertificate In(string folder)
    {
        ServerCertificate files = new(folder);
        if (!File.Exists(files.Certificate))
        {
            files.Write();
        }

        return files;
    }

    private void Write()
    {
        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-1);
        DateTimeOffset to = from.AddYears(10);
        using RSA authorityKey = RSA.Create(2048);
        CertificateRequest authorityRequest = new("CN=Billing emulators", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 authority = authorityRequest.CreateSelfSigned(from, to);

        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(authority, from, to, RandomNumberGenerator.GetBytes(16));

        File.WriteAllText(Authority, authority.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
    }
}
