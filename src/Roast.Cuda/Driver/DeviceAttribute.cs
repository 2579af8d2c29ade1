namespace Roast.Cuda.Driver;

/// <summary>Numbers of cuda.h's CUdevice_attribute that discovery asks for.</summary>
internal enum DeviceAttribute
{
    Multiprocessors = 16,
    CapabilityMajor = 75,
    CapabilityMinor = 76,
}
